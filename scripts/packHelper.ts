// npm run pack:helper [FOLDER]: packs the built helper as the package for this platform.
import { main } from "./main.js";
import { packagesFolder } from "./pack/folder.js";
import { packHelper } from "./pack/helper.js";

await main(async () => {
  process.stdout.write(`${await packHelper(packagesFolder())}\n`);
});
