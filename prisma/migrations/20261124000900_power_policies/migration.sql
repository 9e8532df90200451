-- What is denied, or asked for, when a machine is stopped or restarted is so for the harder and the softer way too.
-- A rule that only lets run is not copied, and an operation for which somebody has written a rule stays as it is.
INSERT INTO approval_policies (id, name, description, effect, state, priority, operation, environment,
  environment_name, system_id, requester_role, min_cpu_cores, min_memory_gi, min_disk_gb, requires_gpu, workflow_id,
  created_by, updated_by)
SELECT gen_random_uuid()::text,
  CASE
    -- Under its name the seed finds the rule and leaves it alone.
    WHEN p.name ~ '^default-(stop|restart)-vm-(prod|test)$'
      THEN replace(p.name, lower(replace(p.operation, '_', '-')), lower(replace(sibling.operation, '_', '-')))
    WHEN length(p.name) <= 60 THEN p.name || ' (' || sibling.operation || ')'
    ELSE left(p.name, 51) || ' ' || left(md5(p.id), 8) || ' (' || sibling.operation || ')'
  END,
  p.description, p.effect, p.state, p.priority, sibling.operation, p.environment, p.environment_name, p.system_id,
  p.requester_role, p.min_cpu_cores, p.min_memory_gi, p.min_disk_gb, p.requires_gpu, p.workflow_id, p.created_by,
  p.updated_by
FROM approval_policies p
JOIN (VALUES ('STOP_VM', 'FORCE_STOP_VM'), ('RESTART_VM', 'RESET_VM'), ('RESTART_VM', 'SOFT_REBOOT_VM'))
  AS sibling(known, operation) ON sibling.known = p.operation
WHERE p.replaces_id IS NULL AND (p.effect <> 'run' OR p.state = 'disabled')
  AND NOT EXISTS (SELECT FROM approval_policies own
    WHERE own.operation = sibling.operation AND own.updated_by <> 'seed')
ON CONFLICT (name) WHERE replaces_id IS NULL DO NOTHING;
