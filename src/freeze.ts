/** Freezes the built-in prototypes, so that no input can plant a property on every object of the process. */
export function freezePrototypes(): void {
  for (const prototype of [Object.prototype, Array.prototype, Function.prototype, String.prototype, Number.prototype]) {
    Object.freeze(prototype)
  }
  for (const prototype of [
    Boolean.prototype,
    Map.prototype,
    Set.prototype,
    Promise.prototype,
    RegExp.prototype,
    Date.prototype,
  ]) {
    Object.freeze(prototype)
  }
}
