/** Returns the first line of a message of the YAML parser, without the place, which our own messages state. */
export function yamlReason(message: string): string {
  return message.split('\n', 1)[0]?.replace(/ at line \d+, column \d+:?$/, '') ?? message;
}
