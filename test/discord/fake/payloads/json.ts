/** A JSON object of which only some keys are known. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** The object without the keys whose value is null or undefined. */
export function withoutNulls(value: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(value).filter(([, inner]) => inner != null));
}
