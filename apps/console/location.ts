import { useSyncExternalStore } from 'react';
import { filterOf, paramsOf, type QueueFilter } from './queue-filter.js';

/** Where one is: `#/?…` the queue with its filter, `#/alerts/ID` one alert. */
export type Place = { screen: 'queue'; filter: QueueFilter } | { screen: 'alert'; id: string };

export function placeOf(hash: string): Place {
  const [path = '', query = ''] = hash.replace(/^#/, '').split('?');
  const [, id] = /^\/alerts\/([0-9a-f]{32})$/.exec(path) ?? [];
  return id ? { screen: 'alert', id } : { screen: 'queue', filter: filterOf(new URLSearchParams(query)) };
}

export function hashOf(place: Place): string {
  if (place.screen === 'alert') return `#/alerts/${place.id}`;
  const query = paramsOf(place.filter).toString();
  return query ? `#/?${query}` : '#/';
}

export function go(place: Place): void {
  location.hash = hashOf(place);
}

/** The same screen with another filter: no step in the history. */
export function refine(filter: QueueFilter): void {
  location.replace(hashOf({ screen: 'queue', filter }));
}

export function useHash(): string {
  return useSyncExternalStore(listen, () => location.hash);
}

function listen(changed: () => void): () => void {
  addEventListener('hashchange', changed);
  return () => removeEventListener('hashchange', changed);
}
