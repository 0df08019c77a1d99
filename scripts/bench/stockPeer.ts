import { type ChildProcess, spawn } from "node:child_process";
import {
  createMessageConnection,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-jsonrpc/node";

/** vscode-jsonrpc as it comes, talking to a child over its standard streams. */
export class StockPeer implements Disposable {
  readonly connection: MessageConnection;
  readonly #child: ChildProcess;

  constructor(program: string) {
    const child = spawn(program, { stdio: ["pipe", "pipe", "inherit"] });
    this.#child = child;
    this.connection = createMessageConnection(
      new StreamMessageReader(child.stdout),
      new StreamMessageWriter(child.stdin),
    );
    this.connection.listen();
  }

  [Symbol.dispose](): void {
    this.connection.dispose();
    this.#child.kill();
  }
}
