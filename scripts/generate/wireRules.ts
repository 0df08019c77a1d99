/** How messages travel, as `docs/protocol.md` tells it. */
export const wireRules = `The helper speaks JSON-RPC 2.0 on its standard input and output, or on a Unix socket with \`--listen PATH\`. Logs go to
standard error. Everything below is also in [protocol.json](../protocol/generated/protocol.json) and, as OpenRPC, in
[openrpc.json](../protocol/generated/openrpc.json).

## Wire rules

**Framing.** A message is a header and a body, as in the Language Server Protocol:

\`\`\`
Content-Length: 52\\r\\n
\\r\\n
{"jsonrpc":"2.0","id":1,"method":"ping","params":{}}
\`\`\`

When the first byte of a connection is \`{\` or \`[\`, both sides speak newline-delimited JSON instead: one message a
line, no header.

\`\`\`sh
echo '{"jsonrpc":"2.0","id":1,"method":"host.describe"}' | vzkit-helper | jq .result
\`\`\`

**Requests.** Params are an object; a key the helper does not know is an error, so that a mistyped option is never
ignored. What is optional is left out, never \`null\`. Ids are strings or numbers and come back byte for byte. Batches
are allowed. Requests are taken in the order they arrive; those for one machine are carried out in that order, those
for different machines side by side.

**Results and events** may carry keys that are not listed here: ignore what you do not know. The same holds for values
of enums marked as open.

**Types.** Whole numbers stay within ±(2^53 − 1). \`path\` is an absolute path, \`bytes\` is base64, \`T[]\` a list,
\`map<T>\` an object with keys of your choice. A union is an object whose tag says which further fields it has.

**Cancelling.** The notification \`$/cancelRequest\` with \`{"id": …}\` asks to give up a request. It overtakes what is
waiting. The request is still answered: with its result if it was too late, else with the error \`requestCancelled\`.

**Progress.** Put a string or whole number of your choice as \`progressToken\` into the params of a method that reports
progress. The helper then sends notifications \`$/progress\` with \`{"token": …, "value": …}\` until it answers.

**Bulk bytes** never travel in messages. Methods that lead to a stream return the path of a Unix socket in a private
folder; connect to it once.

**The end.** When the helper's input ends, it asks running guests to turn themselves off, waits the grace given to
\`initialize\`, stops the rest by force and exits.`;
