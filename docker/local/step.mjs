const seconds = (began) => `${((performance.now() - began) / 1000).toFixed(1)} s`;

/** One line: the title while the work runs, the seconds once it is done. */
export async function step(title, work) {
  const began = performance.now();
  process.stdout.write(`${title} ... `);
  try {
    const result = await work();
    process.stdout.write(`${seconds(began)}\n`);
    return result;
  } catch (error) {
    process.stdout.write('failed\n');
    throw error;
  }
}

/** For work that runs beside other work: one line, once it is done. */
export async function quietStep(title, work) {
  const began = performance.now();
  const result = await work();
  console.log(`  ${title} ... ${seconds(began)}`);
  return result;
}
