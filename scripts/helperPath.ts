// npm run --silent helper:path: prints where the helper is, and builds it when it is not up to date.
import { buildHelper } from "./build/buildHelper.js";
import { main } from "./main.js";

await main(async () => {
  process.stdout.write(`${await buildHelper()}\n`);
});
