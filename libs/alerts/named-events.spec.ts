import { expect, it } from 'vitest';
import { NamedEvents } from './named-events.js';

const events = (...ids: string[]): { id: string }[] => ids.map((id) => ({ id }));

it('offers what the last finding of the alert did not name', () => {
  const named = new NamedEvents();
  expect(named.fresh('a', events('1', '2'))).toEqual(events('1', '2'));
  named.remember('a', events('1', '2'));
  expect(named.fresh('a', events('1', '2', '3'))).toEqual(events('3'));
  expect(named.fresh('b', events('1'))).toEqual(events('1'));
});

it('forgets the alert that was not used for longest', () => {
  const named = new NamedEvents();
  for (let n = 0; n < 50; n++) named.remember(`a${n}`, events('1'));
  named.remember('a0', events('1'));
  named.remember('new', events('1'));
  expect(named.fresh('a0', events('1'))).toEqual([]);
  expect(named.fresh('a1', events('1'))).toEqual(events('1'));
});
