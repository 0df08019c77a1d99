#!/usr/bin/env node
// The command in a clone, where `npx vzkit` has to work before anything is built: it runs from its sources, after
// installing the npm packages that it needs.
process.argv.splice(2, 0, "vzkit");
await import("./bootstrap.mjs");
