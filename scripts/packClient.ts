// npm run pack:client [FOLDER]: packs the client as it is published.
import { main } from "./main.js";
import { packClient } from "./pack/client.js";
import { packagesFolder } from "./pack/folder.js";

await main(async () => {
  process.stdout.write(`${await packClient(packagesFolder())}\n`);
});
