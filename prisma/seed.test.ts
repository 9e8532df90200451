import { expect, test } from "vitest";
import { cloneDatabase } from "@/e2e/test-database";
import { builtInRoles } from "@/lib/vocabulary/built-in-roles";
import pg from "pg";
import { seed } from "./seed";

async function onClone<Result>(
  work: (url: string, query: (sql: string) => Promise<Record<string, unknown>[]>) => Promise<Result>,
) {
  const url = await cloneDatabase();
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(url, async (sql) => (await client.query(sql)).rows);
  } finally {
    await client.end();
  }
}

test("the first administrator must change the password and administers every environment", () =>
  onClone(async (_url, query) => {
    const [admin] = await query(`SELECT u.force_password_change, b.role_id, b.source, b.allowed_environments
      FROM users u JOIN role_bindings b ON b.user_id = u.id WHERE u.username = 'admin'`);
    expect(admin).toEqual({
      force_password_change: true,
      role_id: "role-platform-admin",
      source: "seed",
      allowed_environments: ["test", "prod"],
    });
  }));

test("a restart repairs built-in roles and the administrator's binding, and leaves what people changed", () =>
  onClone(async (url, query) => {
    await query(
      `UPDATE users SET password_hash = 'mine', force_password_change = false WHERE username = 'admin'`,
    );
    await query(`DELETE FROM role_bindings WHERE source = 'seed'`);
    await query(`INSERT INTO role_permissions VALUES ('role-viewer', 'platform:admin')`);
    await query(`UPDATE approval_policies SET effect = 'run' WHERE name = 'default-create-vm'`);
    const keys = await query(`SELECT key_name, key_value FROM system_secrets ORDER BY 1`);
    await Promise.all([seed(url), seed(url)]);
    const [admin] = await query(
      `SELECT password_hash, force_password_change FROM users WHERE username = 'admin'`,
    );
    expect(admin).toEqual({ password_hash: "mine", force_password_change: false });
    expect(await query(`SELECT role_id FROM role_bindings WHERE source = 'seed'`)).toHaveLength(1);
    const viewer = await query(
      `SELECT permission FROM role_permissions WHERE role_id = 'role-viewer' ORDER BY 1`,
    );
    const wanted = builtInRoles.find(({ id }) => id === "role-viewer")?.permissions.toSorted();
    expect(viewer.map(({ permission }) => permission)).toEqual(wanted);
    expect(await query(`SELECT effect FROM approval_policies WHERE name = 'default-create-vm'`)).toEqual([
      { effect: "run" },
    ]);
    expect(await query(`SELECT key_name, key_value FROM system_secrets ORDER BY 1`)).toEqual(keys);
  }));

test("another administrator's existence is enough: no account with a known password appears", () =>
  onClone(async (url, query) => {
    await query(`UPDATE users SET username = 'grace' WHERE username = 'admin'`);
    await seed(url);
    expect(await query(`SELECT FROM users WHERE username = 'admin'`)).toEqual([]);
  }));

test("another master key than the one data was sealed with is refused", () =>
  onClone(async (url) => {
    process.env["ENCRYPTION_KEY"] = "11".repeat(32);
    await expect(seed(url)).rejects.toThrow("ENCRYPTION_KEY is not the key");
    process.env["ENCRYPTION_KEY"] = "too short";
    await expect(seed(url)).rejects.toThrow("32 bytes");
    delete process.env["ENCRYPTION_KEY"];
  }));

test("the web role may enqueue and may not read the cluster keyring", () =>
  onClone(async (_url, query) => {
    await query(`SET ROLE shepherd_web`);
    const names = await query(`SELECT key_name FROM system_secrets`);
    expect(names).toEqual([{ key_name: "SESSION_SECRET" }]);
    const [may] = await query(`SELECT has_table_privilege('pgboss.job', 'INSERT') AS insert,
      has_schema_privilege('pgboss', 'USAGE') AS usage`);
    expect(may).toEqual({ insert: true, usage: true });
    await expect(query(`SELECT envelope FROM cluster_credentials`)).rejects.toThrow("permission denied");
  }));
