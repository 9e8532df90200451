import pg from "pg";

/** Locks a machine's row until the returned function is called, so that whoever wants to write it waits. */
export async function holdVmRow(vmId: string): Promise<() => Promise<void>> {
  const client = new pg.Client({ connectionString: process.env["DATABASE_URL"] });
  await client.connect();
  await client.query("BEGIN");
  await client.query("SELECT 1 FROM vms WHERE id = $1 FOR UPDATE", [vmId]);
  return async () => {
    await client.query("ROLLBACK");
    await client.end();
  };
}
