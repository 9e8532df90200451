import pg from "pg";

export interface Statement {
  at: number;
  /** The name under which the asking program connected. */
  program: string;
  text: string;
}

/** Everything the server is asked to execute, from its own log: whoever asks, and however. */
export class StatementLog {
  readonly statements: Statement[] = [];
  #rest = "";

  /** For startEmbeddedPostgres' onLog. */
  readonly read = (chunk: string): void => {
    const lines = (this.#rest + chunk).split("\n");
    this.#rest = lines.pop() ?? "";
    for (const line of lines) this.#readLine(line);
  };

  between(program: string, from: number, to: number): Statement[] {
    return this.statements.filter((one) => one.program === program && one.at >= from && one.at <= to);
  }

  #readLine(line: string): void {
    const found = /^(\d+\.\d+) \[(.*?)\] LOG: {2}(?:statement|execute [^:]*): (.*)$/.exec(line);
    if (found === null) {
      const last = this.statements.at(-1);
      if (last !== undefined && line.startsWith("\t")) last.text += ` ${line.trim()}`;
      return;
    }
    const [, seconds = "", program = "", text = ""] = found;
    this.statements.push({ at: Number(seconds) * 1000, program, text });
  }
}

/** From now on each statement is one line: seconds with milliseconds, the program, the text. */
export async function logEveryStatement(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query("ALTER SYSTEM SET log_line_prefix = '%n [%a] '");
  await client.query("ALTER SYSTEM SET log_statement = 'all'");
  await client.query("SELECT pg_reload_conf()");
  await client.end();
}
