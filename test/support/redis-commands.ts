/** A command as a client sends it to Redis. */
export interface Command {
  readonly name: string;
  readonly bytes: Buffer;
}

/** Takes the whole commands from the beginning of what a client has sent; the rest is still on its way. */
export function takeCommands(sent: Buffer): {
  readonly commands: readonly Command[];
  readonly rest: Buffer;
} {
  const commands: Command[] = [];
  let rest = sent;
  for (;;) {
    const command = firstCommand(rest);
    if (!command) return { commands, rest };
    commands.push(command);
    rest = rest.subarray(command.bytes.length);
  }
}

/** An array of bulk strings (RESP): `*2\r\n$4\r\nINFO\r\n$6\r\nmemory\r\n`. */
function firstCommand(bytes: Buffer): Command | undefined {
  let at = 0;
  const line = (): string | undefined => {
    const end = bytes.indexOf('\r\n', at);
    if (end < 0) return undefined;
    const text = bytes.toString('latin1', at + 1, end);
    at = end + 2;
    return text;
  };
  const parts = line();
  if (parts === undefined) return undefined;
  let name = '';
  for (let i = 0; i < Number(parts); i += 1) {
    const length = line();
    if (length === undefined || bytes.length < at + Number(length) + 2) return undefined;
    if (i === 0) name = bytes.toString('latin1', at, at + Number(length)).toLowerCase();
    at += Number(length) + 2;
  }
  return { name, bytes: bytes.subarray(0, at) };
}
