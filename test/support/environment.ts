/** @throws Error that says how to get the services when they are not there */
export function required(name: string): string {
  const value = process.env[name];
  if (!value)
    throw new Error(
      `${name} is not set: run the tests by \`npm test\`, or source the env.sh of \`node docker/local/services.mjs dev\`.`,
    );
  return value;
}
