import pg from "pg";

/** Who looks at the list: a developer with a role on fifty Systems, and no administrator. */
export const person = { id: "bench-person", username: "bench", systems: 50 };

const vmsPerService = 50;
const servicesPerSystem = 4;

/** A park of so many machines, their Systems and one person, straight into the tables. */
export async function seedPark(connectionString: string, vms: number): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    // Nobody listens yet, and what is written is whole.
    await client.query("SET session_replication_role = replica");
    for (const statement of statementsFor(vms)) await client.query(statement);
    await client.query("RESET session_replication_role");
    await client.query("VACUUM ANALYZE");
  } finally {
    await client.end();
  }
}

function statementsFor(vms: number): string[] {
  const systems = Math.max(person.systems, Math.ceil(vms / (vmsPerService * servicesPerSystem)));
  const services = systems * servicesPerSystem;
  return [
    `INSERT INTO users (id, username, display_name) VALUES ('${person.id}', '${person.username}', 'Bench Person')`,
    `INSERT INTO role_bindings (id, user_id, role_id, allowed_environments, created_by)
      VALUES ('bench-binding', '${person.id}', 'role-development-engineer', '{test,prod}', 'bench')`,
    `INSERT INTO systems (id, name, created_by) SELECT 'sys-' || i, 'sys-' || i, 'bench' FROM generate_series(1, ${systems}) i`,
    `INSERT INTO services (id, system_id, name, created_by)
      SELECT 'svc-' || i, 'sys-' || (i % ${systems} + 1), 'svc-' || i, 'bench' FROM generate_series(1, ${services}) i`,
    `INSERT INTO resource_role_bindings (id, user_id, role, resource_type, resource_id, granted_by)
      SELECT 'seat-' || i, '${person.id}', 'member', 'system', 'sys-' || (i * ${systems / person.systems})::int, 'bench'
      FROM generate_series(1, ${person.systems}) i`,
    `INSERT INTO clusters (id, name, display_name, api_server_url, environment, created_by, enabled)
      SELECT 'cluster-' || i, 'cluster-' || i, 'Cluster ' || i, 'https://cluster.example:6443', 'test', 'bench', FALSE
      FROM generate_series(1, 5) i`,
    `INSERT INTO namespaces (id, name, environment, created_by)
      SELECT 'ns-' || i, 'ns-' || i, CASE WHEN i % 4 = 0 THEN 'prod' ELSE 'test' END, 'bench' FROM generate_series(1, 40) i`,
    `INSERT INTO templates (id, name, display_name, source_type, created_by)
      SELECT 'tpl-' || i, 'tpl-' || i, 'Template ' || i, 'containerdisk', 'bench' FROM generate_series(1, 8) i`,
    `INSERT INTO instance_sizes (id, name, display_name, cpu_cores, memory_gi, created_by)
      SELECT 'size-' || i, 'size-' || i, 'Size ' || i, i, i * 2, 'bench' FROM generate_series(1, 8) i`,
    `INSERT INTO vms (id, service_id, name, namespace, cluster_id, instance, hostname, status, ip, cpu_cores, memory_gi,
        disk_gb, template_id, template_version, instance_size_id, ticket_id, blueprint, status_since, created_by, created_at)
      SELECT 'vm-' || md5(i::text), 'svc-' || (i % ${services} + 1), 'web-' || lpad(i::text, 7, '0'),
        'ns-' || (h % 40 + 1), 'cluster-' || (h % 5 + 1), '01', 'web-' || i,
        CASE WHEN h % 100 = 0 THEN 'FAILED' WHEN h % 10 < 3 THEN 'STOPPED' ELSE 'RUNNING' END,
        '10.' || (i / 65536) || '.' || (i / 256 % 256) || '.' || (i % 256), 1 + h % 16, 1 + h % 64, 10 + h % 200,
        'tpl-' || (h % 8 + 1), 1, 'size-' || (h % 8 + 1), 'ticket-' || i,
        jsonb_build_object('cloudInit', repeat('x', 500)),
        now() - (h % 9973) * interval '1 minute', 'bench', now() - i * interval '30 seconds'
      FROM generate_series(1, ${vms}) i, LATERAL (SELECT abs(hashtext(i::text)) AS h) scattered`,
    `INSERT INTO vm_lifetimes (vm_id, expires_at) SELECT id, created_at + interval '60 days' FROM vms
      WHERE ('x' || substr(id, 4, 4))::bit(16)::int % 3 = 0`,
  ];
}
