import type { ClientBase } from "pg";
import { newId } from "@/lib/core/ids";
import { hashPassword } from "@/lib/identity/verify-password";
import { builtInRoles } from "@/lib/vocabulary/built-in-roles";
import { seededEnvironments } from "@/lib/vocabulary/environments";

const adminRole = "role-platform-admin";

/** Environments, built-in roles as the code says they are, and the first administrator. */
export async function seedAccess(client: ClientBase): Promise<void> {
  for (const environment of seededEnvironments) {
    await client.query(
      `INSERT INTO environments (name, class, display_name, sort_order) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`,
      [environment.name, environment.class, environment.displayName, environment.sortOrder],
    );
  }
  await repairRoles(client);
  await createFirstAdministrator(client);
  await repairAdministrator(client);
}

async function repairRoles(client: ClientBase): Promise<void> {
  for (const role of builtInRoles) {
    await client.query(
      `INSERT INTO roles (id, name, display_name, is_builtin, description, updated_at) VALUES ($1, $1, $2, true, $3, now())
       ON CONFLICT (id) DO UPDATE SET display_name = excluded.display_name, description = excluded.description,
         is_builtin = true, enabled = true`,
      [role.id, role.displayName, role.description],
    );
    await client.query(`DELETE FROM role_permissions WHERE role_id = $1 AND NOT permission = ANY($2)`, [
      role.id,
      role.permissions,
    ]);
    await client.query(
      `INSERT INTO role_permissions (role_id, permission) SELECT $1, unnest($2::text[]) ON CONFLICT DO NOTHING`,
      [role.id, role.permissions],
    );
  }
}

/** Only while nobody administers the platform; a restart never touches a password that exists. */
async function createFirstAdministrator(client: ClientBase): Promise<void> {
  await client.query(
    `INSERT INTO users (id, username, password_hash, display_name, force_password_change, updated_at)
     SELECT $1, 'admin', $2, 'Administrator', true, now()
     WHERE NOT EXISTS (SELECT FROM role_bindings b JOIN users u ON u.id = b.user_id AND u.enabled WHERE b.role_id = $3)
     ON CONFLICT (username) DO NOTHING`,
    [newId(), await hashPassword("admin"), adminRole],
  );
}

async function repairAdministrator(client: ClientBase): Promise<void> {
  await client.query(
    `INSERT INTO role_bindings (id, user_id, role_id, allowed_environments, source, created_by)
     SELECT $1, u.id, $2, (SELECT array_agg(name ORDER BY sort_order) FROM environments), 'seed', 'seed'
     FROM users u WHERE u.username = 'admin' AND u.auth_type = 'local'
     ON CONFLICT (user_id, role_id, scope_type, scope_id, source) DO UPDATE SET expires_at = NULL`,
    [newId(), adminRole],
  );
}
