import { expect, it } from 'vitest';
import { GroupCommit } from './group-commit.js';

it('commits together what was added while a commit ran', async () => {
  const gates: PromiseWithResolvers<void>[] = [];
  const committed: number[][] = [];
  const commits = new GroupCommit<number>((items) => {
    committed.push(items);
    const gate = Promise.withResolvers<void>();
    gates.push(gate);
    return gate.promise;
  });
  const first = [commits.add(1), commits.add(2)];
  await Promise.resolve();
  await Promise.resolve();
  const second = [commits.add(3, 4), commits.add(5)];
  gates[0]?.resolve();
  await Promise.all(first);
  gates[1]?.reject(new Error('disk full'));
  await expect(Promise.all(second)).rejects.toThrow('disk full');
  expect(committed).toEqual([
    [1, 2],
    [3, 4, 5],
  ]);
  const third = commits.add(6);
  await Promise.resolve();
  await Promise.resolve();
  gates[2]?.resolve();
  await third;
});
