import pg from "pg";

/** Locks a machine's row until the returned function is called, so that whoever wants to write it waits. */
export function holdVmRow(vmId: string): Promise<() => Promise<void>> {
  return holdRow("SELECT 1 FROM vms WHERE id = $1 FOR UPDATE", vmId);
}

/** The same for a Service's row. */
export function holdServiceRow(serviceId: string): Promise<() => Promise<void>> {
  return holdRow("SELECT 1 FROM services WHERE id = $1 FOR UPDATE", serviceId);
}

async function holdRow(statement: string, id: string): Promise<() => Promise<void>> {
  const client = new pg.Client({ connectionString: process.env["DATABASE_URL"] });
  await client.connect();
  await client.query("BEGIN");
  await client.query(statement, [id]);
  return async () => {
    await client.query("ROLLBACK");
    await client.end();
  };
}
