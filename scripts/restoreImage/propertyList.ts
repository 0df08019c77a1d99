/** What a property list is made of. */
export type PropertyValue = string | number | boolean | PropertyValue[] | { [key: string]: PropertyValue };

/** An XML property list. */
export function propertyList(value: PropertyValue): string {
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">',
    `<plist version="1.0">${element(value)}</plist>`,
    "",
  ].join("\n");
}

function element(value: PropertyValue): string {
  if (typeof value === "string") return `<string>${escapeText(value)}</string>`;
  if (typeof value === "number") return `<integer>${value}</integer>`;
  if (typeof value === "boolean") return value ? "<true/>" : "<false/>";
  if (Array.isArray(value)) return `<array>${value.map(element).join("")}</array>`;
  const members = Object.entries(value).map(([key, member]) => `<key>${escapeText(key)}</key>${element(member)}`);
  return `<dict>${members.join("")}</dict>`;
}

function escapeText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
