// generated from protocol/spec by scripts/generate.ts, do not edit

/**
 * Where the params of a method hold paths of the helper's host: the keys that lead to each, `*` for every element of a list
 * and every value of a map. Variants of a union are not told apart; a key that is not there leads to nothing.
 */
export const pathsInParams: Readonly<Record<string, readonly (readonly string[])[]>> = {
  "bundle.create": [["path"],["configuration","platform","auxiliaryStoragePath"],["configuration","bootLoader","kernelPath"],["configuration","bootLoader","initialRamdiskPath"],["configuration","storageDevices","*","attachment","path"],["configuration","serialPorts","*","attachment","logPath"],["configuration","serialPorts","*","attachment","path"],["configuration","consoleDevices","*","ports","*","attachment","logPath"],["configuration","consoleDevices","*","ports","*","attachment","path"],["configuration","directorySharingDevices","*","share","directory","path"],["configuration","directorySharingDevices","*","share","directories","*","path"]],
  "bundle.createMac": [["path"],["restoreImage"],["storageDevices","*","attachment","path"],["serialPorts","*","attachment","logPath"],["serialPorts","*","attachment","path"],["consoleDevices","*","ports","*","attachment","logPath"],["consoleDevices","*","ports","*","attachment","path"],["directorySharingDevices","*","share","directory","path"],["directorySharingDevices","*","share","directories","*","path"]],
  "bundle.open": [["path"]],
  "bundle.list": [["folder"]],
  "bundle.inspect": [["path"]],
  "bundle.clone": [["path"],["to"]],
  "bundle.import": [["from"],["to"]],
  "bundle.rename": [["path"]],
  "bundle.update": [["path"],["configuration","platform","auxiliaryStoragePath"],["configuration","bootLoader","kernelPath"],["configuration","bootLoader","initialRamdiskPath"],["configuration","storageDevices","*","attachment","path"],["configuration","serialPorts","*","attachment","logPath"],["configuration","serialPorts","*","attachment","path"],["configuration","consoleDevices","*","ports","*","attachment","logPath"],["configuration","consoleDevices","*","ports","*","attachment","path"],["configuration","directorySharingDevices","*","share","directory","path"],["configuration","directorySharingDevices","*","share","directories","*","path"]],
  "bundle.renewIdentity": [["path"]],
  "bundle.resizeDisk": [["path"]],
  "bundle.delete": [["path"]],
  "disk.create": [["path"]],
  "display.screenshot": [["to"]],
  "host.diagnose": [["folder"]],
  "mac.createAuxiliaryStorage": [["path"]],
  "machine.install": [["path"]],
  "machine.validate": [["configuration","platform","auxiliaryStoragePath"],["configuration","bootLoader","kernelPath"],["configuration","bootLoader","initialRamdiskPath"],["configuration","storageDevices","*","attachment","path"],["configuration","serialPorts","*","attachment","logPath"],["configuration","serialPorts","*","attachment","path"],["configuration","consoleDevices","*","ports","*","attachment","logPath"],["configuration","consoleDevices","*","ports","*","attachment","path"],["configuration","directorySharingDevices","*","share","directory","path"],["configuration","directorySharingDevices","*","share","directories","*","path"]],
  "machine.create": [["configuration","platform","auxiliaryStoragePath"],["configuration","bootLoader","kernelPath"],["configuration","bootLoader","initialRamdiskPath"],["configuration","storageDevices","*","attachment","path"],["configuration","serialPorts","*","attachment","logPath"],["configuration","serialPorts","*","attachment","path"],["configuration","consoleDevices","*","ports","*","attachment","logPath"],["configuration","consoleDevices","*","ports","*","attachment","path"],["configuration","directorySharingDevices","*","share","directory","path"],["configuration","directorySharingDevices","*","share","directories","*","path"]],
  "machine.start": [["shares","*","directory","path"],["shares","*","directories","*","path"]],
  "restoreImage.load": [["path"]],
  "restoreImage.preflight": [["folder"],["downloadFolder"]],
  "restoreImage.download": [["to"]],
  "sharing.setShare": [["share","directory","path"],["share","directories","*","path"]],
};
