import { useEffect, useState } from 'react';
import { answered, api, type Me, type Person, type Tenant } from './api.js';

/** Customers and colleagues, as far as one may see them. Without them the queue works all the same. */
export function useDirectory(me: Me): { tenants: readonly Tenant[]; people: readonly Person[] } {
  const [tenants, setTenants] = useState<readonly Tenant[]>([]);
  const [people, setPeople] = useState<readonly Person[]>([]);
  const seesPeople = me.permissions.includes('people.read');
  useEffect(() => {
    answered(api.GET('/api/v1/tenants', { params: { query: { limit: 200 } } })).then(
      ({ items }) => setTenants(items.toSorted((one, other) => one.name.localeCompare(other.name))),
      () => undefined,
    );
  }, []);
  useEffect(() => {
    if (!seesPeople) return;
    answered(api.GET('/api/v1/people')).then(
      ({ items }) => setPeople(items),
      () => undefined,
    );
  }, [seesPeople]);
  return { tenants, people };
}
