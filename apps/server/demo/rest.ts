/** The REST interface for one person: what the demonstration and the tests drive the server with. */
export class Rest {
  constructor(
    private readonly url: string,
    private readonly token: string,
  ) {}

  get<T>(path: string): Promise<T> {
    return this.call('GET', path);
  }

  /** @throws Error with the problem's detail when the server refuses */
  post<T = { id: string }>(path: string, body: Record<string, unknown> = {}): Promise<T> {
    return this.call('POST', path, body);
  }

  patch<T = { id: string }>(path: string, body: Record<string, unknown>): Promise<T> {
    return this.call('PATCH', path, body);
  }

  private async call<T>(method: string, path: string, body?: Record<string, unknown>): Promise<T> {
    const headers = { Authorization: `Bearer ${this.token}`, 'Content-Type': 'application/json' };
    const answer = await fetch(`${this.url}/api/v1${path}`, {
      method,
      headers,
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return (text ? JSON.parse(text) : {}) as T;
  }
}
