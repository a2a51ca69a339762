import type { Me } from './api.js';
import type { Connection } from './live.js';
import { Mark } from './mark.js';

const CONNECTION_WORDS: Record<Connection, string> = { connecting: 'Connecting', live: 'Live', lost: 'Not connected' };

interface TopBarProps {
  me: Me;
  connection: Connection;
  onHelp: () => void;
  onSignOut: () => void;
}

export function TopBar({ me, connection, onHelp, onSignOut }: TopBarProps) {
  return (
    <header className="top-bar">
      <a className="brand" href="#/">
        <Mark /> Plantwatch
      </a>
      <span className={`connection connection-${connection}`} role="status">
        {CONNECTION_WORDS[connection]}
      </span>
      <span className="who">
        <span className="who-name">{me.name}</span>
        <span className="who-role">{me.role.replaceAll('_', ' ')}</span>
      </span>
      <button className="quiet" onClick={onHelp} title="Keyboard shortcuts">
        <kbd>?</kbd> Keys
      </button>
      <button className="quiet" onClick={onSignOut}>
        Sign out
      </button>
    </header>
  );
}
