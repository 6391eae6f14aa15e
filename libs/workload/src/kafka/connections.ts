import { Connection, NoAnswer } from './connection.ts';
import type { Request } from './requests.ts';

/**
 * A broker answers one request per connection at a time, and a write may wait for seconds in there. So reads, writes,
 * questions and what a group's coordinator is asked have connections of their own.
 */
export type Purpose = 'write' | 'read' | 'ask' | 'group';

/** What those who ask brokers need of it. */
export type Brokers = Pick<Connections, 'open' | 'send' | 'requestTimeoutMs'>;

type ConnectionsOptions = { clientId: string; connectTimeoutMs: number; requestTimeoutMs: number };

/** The open connections, one per broker and purpose; opened when needed, and again after they broke. */
export class Connections {
  /** How long a broker may take over what the application waits for; it is lost for this request then. */
  readonly requestTimeoutMs: number;
  readonly #open = new Map<string, Connection>();
  readonly #opening = new Map<string, Promise<Connection>>();
  readonly #options: { clientId: string; timeoutMs: number };
  #isClosed = false;

  constructor({ clientId, connectTimeoutMs, requestTimeoutMs }: ConnectionsOptions) {
    this.requestTimeoutMs = requestTimeoutMs;
    this.#options = { clientId, timeoutMs: connectTimeoutMs };
  }

  /** @throws NoAnswer when no connection could be opened in time, or no answer came over it */
  async send<T>(purpose: Purpose, address: string, request: Request<T>, timeoutMs: number): Promise<T> {
    const connection = await this.#to(`${purpose} ${address}`, address);
    return connection.send(request, timeoutMs);
  }

  /** Opens a connection before it is needed. @throws NoAnswer */
  async open(purpose: Purpose, address: string): Promise<void> {
    await this.#to(`${purpose} ${address}`, address);
  }

  /** For good: what is asked later gets no answer. */
  closeAll(): void {
    this.#isClosed = true;
    for (const connection of this.#open.values()) connection.close();
  }

  async #to(key: string, address: string): Promise<Connection> {
    if (this.#isClosed) throw closed();
    const known = this.#open.get(key);
    if (known && !known.broken) return known;
    // Whoever comes first opens it; the others wait for the same one.
    const opening = this.#opening.get(key) ?? Connection.open(address, this.#options);
    this.#opening.set(key, opening);
    try {
      const connection = await opening;
      if (this.#isClosed) {
        connection.close();
        throw closed();
      }
      this.#open.set(key, connection);
      return connection;
    } finally {
      this.#opening.delete(key);
    }
  }
}

function closed(): NoAnswer {
  return new NoAnswer('closed', false);
}
