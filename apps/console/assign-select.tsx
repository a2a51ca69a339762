import type { RefObject } from 'react';
import type { Alert, Me, Person } from './api.js';

const TRIAGE_ROLES = ['soc_lead', 'analyst', 'customer_owner', 'customer_operator'];

interface AssignSelectProps {
  alert: Alert;
  me: Me;
  people: readonly Person[];
  select: RefObject<HTMLSelectElement | null>;
  onAssign: (personId: string | null) => void;
}

/** Who has the alert; offers those who may triage for this customer. */
export function AssignSelect({ alert, me, people, select, onAssign }: AssignSelectProps) {
  const { assignee, tenant } = alert;
  const offered = new Map(
    people
      .filter(({ role, tenantId }) => TRIAGE_ROLES.includes(role) && (tenantId === null || tenantId === tenant.id))
      .map(({ id, name, email }) => [id, `${name} · ${email}`]),
  );
  offered.set(me.id, `Me · ${me.name}`);
  if (assignee && !offered.has(assignee.id)) offered.set(assignee.id, assignee.name);
  return (
    <label className="assign">
      Assigned to
      <select ref={select} value={assignee?.id ?? ''} onChange={(event) => onAssign(event.target.value || null)}>
        <option value="">Nobody</option>
        {[...offered].map(([id, name]) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
