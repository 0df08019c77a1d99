/**
 * `tsx scripts/makeRestoreImage.ts FILE`: makes a restore image for the stand-in Mac out of the test guest.
 *
 *   --version 27.0  --build 26A5001z  --host 13.0.0   what it claims to be and to need
 *   --size BYTES                                      makes the payload at least so large
 */
import { parseArgs } from "node:util";
import { guestFiles } from "./guest/files.js";
import { main } from "./main.js";
import { makeRestoreImage } from "./restoreImage/make.js";
import { SetupError } from "./setup/errors.js";

await main(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      version: { type: "string" },
      build: { type: "string" },
      host: { type: "string" },
      size: { type: "string" },
    },
  });
  const [path] = positionals;
  if (path === undefined) throw new SetupError("Say which file to make: tsx scripts/makeRestoreImage.ts FILE");
  const { kernel, initrd } = guestFiles();
  await makeRestoreImage({
    path,
    kernel,
    initialRamdisk: initrd,
    ...(values.version !== undefined && { version: values.version }),
    ...(values.build !== undefined && { build: values.build }),
    ...(values.host !== undefined && { minimumHostVersion: values.host }),
    ...(values.size !== undefined && { payloadSize: Number(values.size) }),
  });
  console.log(`${path}: a restore image for the stand-in Mac, which boots a Linux test guest and is not macOS`);
});
