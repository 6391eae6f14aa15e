/** Makes the compiler prove that a union was handled whole. Throws where data broke its type. */
export function assertNever(value: never): never {
  throw new TypeError(`not handled: ${JSON.stringify(value)}`);
}
