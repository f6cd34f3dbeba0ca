/** The database is held by somebody else, or too many wait for it; the same change succeeds when tried again a little later. */
export class StoreBusy extends Error {
  override readonly name = "StoreBusy"
}

/** The disk is full: nothing of the change was kept. Reading goes on, and writing does as soon as there is space. */
export class StoreFull extends Error {
  override readonly name = "StoreFull"
}

/** The data folder has become read-only or fails: nothing of the change was kept, and reading may go on. */
export class StoreUnwritable extends Error {
  override readonly name = "StoreUnwritable"
}

/** The store cannot be opened as it is; the message says what to do. */
export class StoreRefused extends Error {
  override readonly name = "StoreRefused"
}

/** Text that no database keeps faithfully; `place` is its path in what was given, as in `[0].content.comment`. */
export class UnstorableText extends Error {
  override readonly name = "UnstorableText"
  readonly place: string

  constructor(place: string, what: string) {
    super(`The text at ${place} contains ${what}. Remove it and save again.`)
    this.place = place
  }
}
