/** A body that cannot be taken, with the HTTP status that says so. */
export class BodyError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}
