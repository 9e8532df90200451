-- What Prisma's schema language cannot say: partial keys, checks, append-only audit, the web role, change notices.

-- A global binding has no scope id; two of them must still collide (spec §2).
DROP INDEX "role_bindings_user_id_role_id_scope_type_scope_id_source_key";
CREATE UNIQUE INDEX "role_bindings_user_id_role_id_scope_type_scope_id_source_key"
  ON role_bindings (user_id, role_id, scope_type, scope_id, source) NULLS NOT DISTINCT;

-- One pending request for the same thing (spec §5.16).
CREATE UNIQUE INDEX approval_tickets_one_pending ON approval_tickets (duplicate_key) WHERE status = 'PENDING';
-- One active version of a template (spec §2).
CREATE UNIQUE INDEX templates_one_active ON templates (name) WHERE status = 'active';
-- The sweeper reads only what may be due.
CREATE INDEX domain_events_due ON domain_events (due_at) WHERE status = 'PROCESSING';
CREATE INDEX approval_tickets_pending ON approval_tickets (created_at, id) WHERE status = 'PENDING';

ALTER TABLE environments ADD CHECK (class IN ('test', 'prod'));
ALTER TABLE users ADD CHECK (auth_type IN ('local', 'oidc', 'ldap', 'saml', 'sso', 'wecom', 'feishu', 'dingtalk'));
ALTER TABLE role_bindings ADD CHECK ((scope_type = 'global') = (scope_id IS NULL)),
  ADD CHECK (scope_type IN ('global', 'system'));
ALTER TABLE resource_role_bindings ADD CHECK (role IN ('owner', 'admin', 'member', 'viewer')),
  ADD CHECK (resource_type IN ('system', 'service', 'vm'));
ALTER TABLE approval_tickets ADD CHECK (status IN
  ('PENDING', 'APPROVED', 'REJECTED', 'CANCELLED', 'EXECUTING', 'SUCCESS', 'FAILED'));
ALTER TABLE domain_events ADD CHECK (status IN ('PENDING', 'PROCESSING', 'COMPLETED', 'FAILED', 'CANCELLED')),
  ADD CHECK (status <> 'PROCESSING' OR due_at IS NOT NULL);
ALTER TABLE services ADD CHECK (next_instance_index > 0);

-- A domain event's payload never changes.
CREATE FUNCTION refuse_payload_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the payload of event % is immutable', OLD.id;
END $$;
CREATE TRIGGER domain_events_immutable BEFORE UPDATE OF payload ON domain_events
  FOR EACH ROW WHEN (OLD.payload IS DISTINCT FROM NEW.payload) EXECUTE FUNCTION refuse_payload_change();

-- The audit log only grows; retention works under a role of its own.
CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_user <> 'shepherd_retention' THEN
    RAISE EXCEPTION 'audit_logs is append-only';
  END IF;
  RETURN COALESCE(OLD, NULL);
END $$;
CREATE TRIGGER audit_logs_append_only BEFORE UPDATE OR DELETE ON audit_logs
  FOR EACH ROW EXECUTE FUNCTION refuse_audit_change();
CREATE TRIGGER audit_logs_no_truncate BEFORE TRUNCATE ON audit_logs
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();

-- Announce what changed: ids only, after the commit, to whoever listens.
CREATE FUNCTION announce(kind text, id text, system_id text, user_id text) RETURNS void LANGUAGE sql AS $$
  SELECT pg_notify('shepherd_changes',
    json_build_object('kind', kind, 'id', id, 'systemId', system_id, 'userId', user_id)::text)
$$;

CREATE FUNCTION announce_vm() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE vm vms := COALESCE(NEW, OLD);
BEGIN
  PERFORM announce('vm', vm.id, (SELECT s.system_id FROM services s WHERE s.id = vm.service_id), NULL);
  RETURN NULL;
END $$;
CREATE TRIGGER vms_announce_rows AFTER INSERT OR DELETE ON vms FOR EACH ROW EXECUTE FUNCTION announce_vm();
CREATE TRIGGER vms_announce_changes AFTER UPDATE ON vms FOR EACH ROW
  WHEN ((OLD.status, OLD.status_message, OLD.cluster_status, OLD.ip, OLD.node, OLD.os_info, OLD.restart_required,
         OLD.active_event_id)
    IS DISTINCT FROM (NEW.status, NEW.status_message, NEW.cluster_status, NEW.ip, NEW.node, NEW.os_info,
         NEW.restart_required, NEW.active_event_id))
  EXECUTE FUNCTION announce_vm();

CREATE FUNCTION announce_ticket() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM announce('ticket', NEW.id, NEW.system_id, NEW.requester_id);
  RETURN NULL;
END $$;
CREATE TRIGGER approval_tickets_announce AFTER INSERT OR UPDATE ON approval_tickets
  FOR EACH ROW EXECUTE FUNCTION announce_ticket();

CREATE FUNCTION announce_event_progress() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE ticket approval_tickets;
BEGIN
  SELECT * INTO ticket FROM approval_tickets WHERE event_id = NEW.id;
  IF FOUND THEN
    PERFORM announce('ticket', ticket.id, ticket.system_id, ticket.requester_id);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER domain_events_announce AFTER UPDATE ON domain_events FOR EACH ROW
  WHEN ((OLD.steps, OLD.error_message) IS DISTINCT FROM (NEW.steps, NEW.error_message))
  EXECUTE FUNCTION announce_event_progress();

CREATE FUNCTION announce_notification() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM announce('notification', NEW.id, NULL, NEW.recipient_id);
  RETURN NULL;
END $$;
CREATE TRIGGER notifications_announce AFTER INSERT OR UPDATE ON notifications
  FOR EACH ROW EXECUTE FUNCTION announce_notification();

CREATE FUNCTION announce_cluster() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM announce('cluster', NEW.id, NULL, NULL);
  RETURN NULL;
END $$;
CREATE TRIGGER clusters_announce_rows AFTER INSERT ON clusters
  FOR EACH ROW EXECUTE FUNCTION announce_cluster();
-- A check that finds everything as it was is no news.
CREATE TRIGGER clusters_announce_changes AFTER UPDATE ON clusters FOR EACH ROW
  WHEN ((OLD.status, OLD.status_message, OLD.enabled, OLD.maintenance, OLD.version, OLD.kubevirt_version,
         OLD.detected_capabilities, OLD.storage_classes, OLD.default_storage_class, OLD.missing_permissions,
         OLD.breaker_open_until)
    IS DISTINCT FROM (NEW.status, NEW.status_message, NEW.enabled, NEW.maintenance, NEW.version,
         NEW.kubevirt_version, NEW.detected_capabilities, NEW.storage_classes, NEW.default_storage_class,
         NEW.missing_permissions, NEW.breaker_open_until))
  EXECUTE FUNCTION announce_cluster();

CREATE FUNCTION announce_answer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM announce('answer', NEW.id, NULL, NULL);
  RETURN NULL;
END $$;
CREATE TRIGGER worker_questions_announce AFTER UPDATE ON worker_questions
  FOR EACH ROW EXECUTE FUNCTION announce_answer();

CREATE FUNCTION announce_session_end() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM announce('session', NEW.id, NULL, NEW.user_id);
  RETURN NULL;
END $$;
CREATE TRIGGER user_sessions_announce AFTER UPDATE OF revoked_at ON user_sessions
  FOR EACH ROW WHEN (NEW.revoked_at IS NOT NULL AND OLD.revoked_at IS NULL)
  EXECUTE FUNCTION announce_session_end();

CREATE FUNCTION announce_console_end() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM announce('console', NEW.jti, NULL, NEW.user_id);
  RETURN NULL;
END $$;
CREATE TRIGGER vnc_access_tokens_announce AFTER UPDATE OF revoked_at ON vnc_access_tokens
  FOR EACH ROW WHEN (NEW.revoked_at IS NOT NULL AND OLD.revoked_at IS NULL)
  EXECUTE FUNCTION announce_console_end();

-- The web role: everything the portal needs, and no way to a cluster credential or the key that opens one.
DO $$
BEGIN
  CREATE ROLE shepherd_web NOLOGIN;
EXCEPTION
  WHEN duplicate_object OR unique_violation THEN NULL;
  WHEN insufficient_privilege THEN RAISE WARNING 'role shepherd_web could not be created; the web process needs it';
END $$;

ALTER TABLE system_secrets ENABLE ROW LEVEL SECURITY;
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'shepherd_web') THEN RETURN; END IF;
  GRANT USAGE ON SCHEMA public TO shepherd_web;
  GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO shepherd_web;
  GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO shepherd_web;
  REVOKE ALL ON _prisma_migrations FROM shepherd_web;
  REVOKE UPDATE, DELETE ON audit_logs FROM shepherd_web;
  REVOKE INSERT, UPDATE, DELETE ON system_secrets, encryption_keys FROM shepherd_web;
  REVOKE SELECT, DELETE ON cluster_credentials FROM shepherd_web;
  GRANT SELECT (cluster_id, key_version, summary, rotated_at) ON cluster_credentials TO shepherd_web;
  CREATE POLICY web_keyring ON system_secrets FOR SELECT TO shepherd_web USING (keyring = 'web');
END $$;

ALTER TABLE domain_events SET (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 100,
  autovacuum_analyze_scale_factor = 0.01);
ALTER TABLE audit_logs SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 5000);
