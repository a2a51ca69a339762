import { useEffect, useEffectEvent, useState, type RefObject } from 'react';
import type { Severity, Tenant } from './api.js';
import { EVERYTHING_OPEN, SEVERITIES, type QueueFilter, type View } from './queue-filter.js';
import { SeverityMark } from './severity.js';

const VIEW_WORDS: Record<View, string> = { open: 'Open', new: 'New', held: 'In hand', closed: 'Closed', all: 'All' };
const TYPING_MS = 250;

interface QueueFiltersProps {
  filter: QueueFilter;
  tenants: readonly Tenant[];
  search: RefObject<HTMLInputElement | null>;
  onChange: (filter: QueueFilter) => void;
}

export function QueueFilters({ filter, tenants, search, onChange }: QueueFiltersProps) {
  const set = (change: Partial<QueueFilter>): void => onChange({ ...filter, ...change });
  return (
    <div className="filters" role="search">
      <div className="segments" role="group" aria-label="Status">
        {Object.entries(VIEW_WORDS).map(([view, word]) => (
          <button key={view} aria-pressed={filter.view === view} onClick={() => set({ view: view as View })}>
            {word}
          </button>
        ))}
      </div>
      <div className="segments" role="group" aria-label="Severity">
        {SEVERITIES.map((severity) => (
          <button
            key={severity}
            aria-pressed={filter.severities.includes(severity)}
            onClick={() => set({ severities: toggled(filter.severities, severity) })}
          >
            <SeverityMark severity={severity} />
          </button>
        ))}
      </div>
      {tenants.length > 1 && (
        <select
          aria-label="Customer"
          value={filter.tenant ?? ''}
          onChange={(event) => set({ tenant: event.target.value || null })}
        >
          <option value="">All customers</option>
          {tenants.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      )}
      <button className="toggle" aria-pressed={filter.mine} onClick={() => set({ mine: !filter.mine })}>
        Mine
      </button>
      <SearchBox text={filter.text} search={search} onChange={(text) => set({ text })} />
      <select
        aria-label="Order"
        value={filter.sort}
        onChange={(event) => set({ sort: event.target.value === 'newest' ? 'newest' : 'risk' })}
      >
        <option value="risk">Riskiest first</option>
        <option value="newest">Newest first</option>
      </select>
      {isNarrow(filter) && (
        <button className="quiet" onClick={() => onChange({ ...EVERYTHING_OPEN, sort: filter.sort })}>
          Clear
        </button>
      )}
    </div>
  );
}

interface SearchBoxProps {
  text: string;
  search: RefObject<HTMLInputElement | null>;
  onChange: (text: string) => void;
}

function SearchBox({ text, search, onChange }: SearchBoxProps) {
  const [typed, setTyped] = useState(text);
  const settle = useEffectEvent(() => {
    if (typed !== text) onChange(typed);
  });
  useEffect(() => setTyped(text), [text]);
  useEffect(() => {
    const timer = setTimeout(() => settle(), TYPING_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  return (
    <input
      ref={search}
      type="search"
      placeholder="Search  /"
      aria-label="Search in titles and summaries"
      maxLength={200}
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
      onKeyDown={(event) => event.key === 'Escape' && event.currentTarget.blur()}
    />
  );
}

export function isNarrow({ view, severities, tenant, mine, text }: QueueFilter): boolean {
  return view !== 'open' || severities.length > 0 || tenant !== null || mine || text !== '';
}

function toggled(severities: readonly Severity[], one: Severity): Severity[] {
  return SEVERITIES.filter((severity) => severities.includes(severity) !== (severity === one));
}
