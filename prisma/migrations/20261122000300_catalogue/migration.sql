-- AlterTable
ALTER TABLE "clusters" ADD COLUMN     "capabilities_read_at" JSONB,
ADD COLUMN     "node_usage" JSONB,
ADD COLUMN     "node_usage_at" TIMESTAMPTZ(3),
ADD COLUMN     "upload_proxy_ca" TEXT,
ADD COLUMN     "upload_proxy_url" TEXT;

-- AlterTable
ALTER TABLE "instance_sizes" ADD COLUMN     "deprecation_message" TEXT,
ADD COLUMN     "sriov_networks" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "updated_by" TEXT;

-- AlterTable
ALTER TABLE "templates" ADD COLUMN     "activated_at" TIMESTAMPTZ(3),
ADD COLUMN     "archived_at" TIMESTAMPTZ(3),
ADD COLUMN     "deprecated_at" TIMESTAMPTZ(3),
ADD COLUMN     "deprecation_message" TEXT,
ADD COLUMN     "image_upload_id" TEXT,
ADD COLUMN     "login_user" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "logo_id" TEXT,
ADD COLUMN     "one_time_password" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "revision" INTEGER NOT NULL DEFAULT 1;

-- AlterTable
ALTER TABLE "vms" ADD COLUMN     "import_progress" TEXT,
ADD COLUMN     "origin" TEXT NOT NULL DEFAULT 'request',
ALTER COLUMN "template_id" DROP NOT NULL,
ALTER COLUMN "template_version" DROP NOT NULL,
ALTER COLUMN "instance_size_id" DROP NOT NULL,
ALTER COLUMN "ticket_id" DROP NOT NULL,
ALTER COLUMN "blueprint" DROP NOT NULL;

-- CreateTable
CREATE TABLE "cluster_checks" (
    "cluster_id" TEXT NOT NULL,
    "checked_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "status" TEXT NOT NULL,
    "reason" TEXT,
    "latency_ms" INTEGER,
    "nodes_ready" INTEGER,
    "nodes_total" INTEGER,

    CONSTRAINT "cluster_checks_pkey" PRIMARY KEY ("cluster_id","checked_at")
);

-- CreateTable
CREATE TABLE "cluster_namespaces" (
    "cluster_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "checked_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "cluster_namespaces_pkey" PRIMARY KEY ("cluster_id","name")
);

-- CreateTable
CREATE TABLE "template_logos" (
    "id" TEXT NOT NULL,
    "media_type" TEXT NOT NULL,
    "bytes" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "template_logos_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "schema_cache" (
    "minor" TEXT NOT NULL,
    "fields" JSONB,
    "source" TEXT NOT NULL DEFAULT 'remote',
    "source_cluster_id" TEXT,
    "fetched_at" TIMESTAMPTZ(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "last_error" TEXT,
    "next_attempt_at" TIMESTAMPTZ(3),

    CONSTRAINT "schema_cache_pkey" PRIMARY KEY ("minor")
);

-- CreateTable
CREATE TABLE "image_uploads" (
    "id" TEXT NOT NULL,
    "cluster_id" TEXT NOT NULL,
    "namespace" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "display_name" TEXT NOT NULL,
    "file_name" TEXT NOT NULL,
    "format" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL DEFAULT '',
    "size_bytes" BIGINT NOT NULL,
    "received_bytes" BIGINT NOT NULL DEFAULT 0,
    "sent_bytes" BIGINT NOT NULL DEFAULT 0,
    "sha256" TEXT,
    "disk_gb" INTEGER NOT NULL,
    "storage_class" TEXT,
    "status" TEXT NOT NULL DEFAULT 'PREPARING',
    "progress" TEXT,
    "message" TEXT,
    "holder_id" TEXT,
    "lease_until" TIMESTAMPTZ(3),
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),
    "removing_at" TIMESTAMPTZ(3),

    CONSTRAINT "image_uploads_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "vm_initial_passwords" (
    "vm_id" TEXT NOT NULL,
    "username" TEXT NOT NULL,
    "envelope" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "revealed_at" TIMESTAMPTZ(3),
    "revealed_by" TEXT,

    CONSTRAINT "vm_initial_passwords_pkey" PRIMARY KEY ("vm_id")
);

-- CreateTable
CREATE TABLE "pending_adoptions" (
    "id" TEXT NOT NULL,
    "cluster_id" TEXT NOT NULL,
    "namespace" TEXT NOT NULL,
    "resource_name" TEXT NOT NULL,
    "resource_type" TEXT NOT NULL DEFAULT 'VirtualMachine',
    "k8s_uid" TEXT NOT NULL,
    "system_name" TEXT,
    "service_name" TEXT,
    "service_id" TEXT,
    "instance" TEXT,
    "ticket_id" TEXT,
    "kind" TEXT NOT NULL,
    "resource_spec" JSONB NOT NULL,
    "labels" JSONB NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'PENDING',
    "reason" TEXT,
    "vm_id" TEXT,
    "discovered_by" TEXT NOT NULL DEFAULT 'sync',
    "discovered_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "decided_by" TEXT,
    "decided_at" TIMESTAMPTZ(3),

    CONSTRAINT "pending_adoptions_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "vms_instance_size_id_idx" ON "vms"("instance_size_id");

-- CreateIndex
CREATE INDEX "vms_template_id_idx" ON "vms"("template_id");

-- CreateIndex
CREATE INDEX "image_uploads_created_at_id_idx" ON "image_uploads"("created_at" DESC, "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "image_uploads_cluster_id_namespace_name_key" ON "image_uploads"("cluster_id", "namespace", "name");

-- CreateIndex
CREATE INDEX "pending_adoptions_status_discovered_at_id_idx" ON "pending_adoptions"("status", "discovered_at" DESC, "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "pending_adoptions_cluster_id_k8s_uid_key" ON "pending_adoptions"("cluster_id", "k8s_uid");

-- AddForeignKey
ALTER TABLE "cluster_checks" ADD CONSTRAINT "cluster_checks_cluster_id_fkey" FOREIGN KEY ("cluster_id") REFERENCES "clusters"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "cluster_namespaces" ADD CONSTRAINT "cluster_namespaces_cluster_id_fkey" FOREIGN KEY ("cluster_id") REFERENCES "clusters"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "image_uploads" ADD CONSTRAINT "image_uploads_cluster_id_fkey" FOREIGN KEY ("cluster_id") REFERENCES "clusters"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "vm_initial_passwords" ADD CONSTRAINT "vm_initial_passwords_vm_id_fkey" FOREIGN KEY ("vm_id") REFERENCES "vms"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "pending_adoptions" ADD CONSTRAINT "pending_adoptions_cluster_id_fkey" FOREIGN KEY ("cluster_id") REFERENCES "clusters"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE INDEX approval_tickets_open_size ON approval_tickets (instance_size_id)
  WHERE status IN ('PENDING', 'APPROVED', 'EXECUTING');
CREATE UNIQUE INDEX templates_one_draft ON templates (name) WHERE status = 'draft';
ALTER TABLE cluster_checks ADD CONSTRAINT cluster_checks_status_known
  CHECK (status IN ('UNKNOWN', 'HEALTHY', 'UNHEALTHY', 'UNREACHABLE'));
ALTER TABLE cluster_namespaces ADD CONSTRAINT cluster_namespaces_state_known
  CHECK (state IN ('present', 'absent', 'terminating'));
ALTER TABLE vms ADD CONSTRAINT vms_origin_known CHECK (origin IN ('request', 'adopted', 'imported')),
  ADD CONSTRAINT vms_requested_is_whole CHECK (origin <> 'request'
    OR (template_id IS NOT NULL AND template_version IS NOT NULL AND instance_size_id IS NOT NULL
      AND ticket_id IS NOT NULL AND blueprint IS NOT NULL));
ALTER TABLE image_uploads ADD CONSTRAINT image_uploads_status_known CHECK (status IN
    ('PREPARING', 'RECEIVING', 'CHECKING', 'SENDING', 'CONVERTING', 'READY', 'FAILED', 'CANCELLED')),
  ADD CONSTRAINT image_uploads_bytes_counted CHECK (size_bytes > 0 AND received_bytes BETWEEN 0 AND size_bytes
    AND sent_bytes BETWEEN 0 AND size_bytes);
ALTER TABLE pending_adoptions ADD CONSTRAINT pending_adoptions_status_known
    CHECK (status IN ('PENDING', 'ADOPTED', 'REJECTED', 'GONE')),
  ADD CONSTRAINT pending_adoptions_kind_known CHECK (kind IN ('unrecorded', 'foreign'));

ALTER TABLE instance_sizes
  ADD CONSTRAINT instance_sizes_overrides_are_paths CHECK (jsonb_typeof(spec_overrides) = 'object'
    AND NOT jsonb_path_exists(spec_overrides, '$.keyvalue() ? (!(@.key starts with "spec."))')),
  ADD CONSTRAINT instance_sizes_gpu_derived CHECK (requires_gpu = (gpu_devices <> '[]'::jsonb)
    AND (NOT spec_overrides ? 'spec.template.spec.domain.devices.gpus'
      OR requires_gpu = (spec_overrides -> 'spec.template.spec.domain.devices.gpus' <> '[]'::jsonb))),
  ADD CONSTRAINT instance_sizes_sriov_derived
    CHECK (requires_sriov = (coalesce(cardinality(sriov_networks), 0) > 0)
      AND (NOT spec_overrides ? 'spec.template.spec.domain.devices.interfaces' OR requires_sriov
        = jsonb_path_exists(spec_overrides -> 'spec.template.spec.domain.devices.interfaces', '$[*].sriov'))),
  ADD CONSTRAINT instance_sizes_hugepages_derived CHECK (requires_hugepages = (hugepages_size IS NOT NULL)
    AND (NOT spec_overrides ? 'spec.template.spec.domain.memory.hugepages.pageSize' OR hugepages_size
      IS NOT DISTINCT FROM spec_overrides ->> 'spec.template.spec.domain.memory.hugepages.pageSize')
    AND (NOT spec_overrides ? 'spec.template.spec.domain.memory.hugepages' OR hugepages_size
      IS NOT DISTINCT FROM spec_overrides -> 'spec.template.spec.domain.memory.hugepages' ->> 'pageSize')),
  ADD CONSTRAINT instance_sizes_dedicated_derived
    CHECK (NOT spec_overrides ? 'spec.template.spec.domain.cpu.dedicatedCpuPlacement' OR dedicated_cpu::text
      IS NOT DISTINCT FROM spec_overrides ->> 'spec.template.spec.domain.cpu.dedicatedCpuPlacement'),
  ADD CONSTRAINT instance_sizes_disks_in_order
    CHECK (min_disk_gb <= default_disk_gb AND default_disk_gb <= max_disk_gb),
  ADD CONSTRAINT instance_sizes_requests_within
    CHECK (coalesce(cpu_request <= cpu_cores, true) AND coalesce(memory_request_gi <= memory_gi, true));

-- Who watches an upload sees its bytes move; who keeps the adoptions sees them come.
CREATE FUNCTION announce_upload() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    PERFORM announce('upload', OLD.id, NULL, OLD.created_by);
  ELSE
    PERFORM announce('upload', NEW.id, NULL, NEW.created_by);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER image_uploads_announce AFTER INSERT OR DELETE ON image_uploads
  FOR EACH ROW EXECUTE FUNCTION announce_upload();
-- A lease that is kept is no news.
CREATE TRIGGER image_uploads_announce_changes AFTER UPDATE ON image_uploads FOR EACH ROW
  WHEN ((OLD.status, OLD.received_bytes, OLD.sent_bytes, OLD.progress, OLD.message, OLD.removing_at)
    IS DISTINCT FROM (NEW.status, NEW.received_bytes, NEW.sent_bytes, NEW.progress, NEW.message, NEW.removing_at))
  EXECUTE FUNCTION announce_upload();

CREATE FUNCTION announce_adoption() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM announce('adoption', NEW.id, NULL, NULL);
  RETURN NULL;
END $$;
CREATE TRIGGER pending_adoptions_announce AFTER INSERT OR UPDATE OF status ON pending_adoptions
  FOR EACH ROW EXECUTE FUNCTION announce_adoption();

-- What is offered changes in front of whoever chooses from it, and of whoever keeps it.
CREATE FUNCTION announce_catalogue() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    PERFORM announce('catalogue', OLD.id, NULL, NULL);
  ELSE
    PERFORM announce('catalogue', NEW.id, NULL, NULL);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER templates_announce AFTER INSERT OR UPDATE OR DELETE ON templates
  FOR EACH ROW EXECUTE FUNCTION announce_catalogue();
CREATE TRIGGER instance_sizes_announce AFTER INSERT OR UPDATE OR DELETE ON instance_sizes
  FOR EACH ROW EXECUTE FUNCTION announce_catalogue();

DROP TRIGGER vms_announce_changes ON vms;
CREATE TRIGGER vms_announce_changes AFTER UPDATE ON vms FOR EACH ROW
  WHEN ((OLD.status, OLD.status_message, OLD.cluster_status, OLD.ip, OLD.node, OLD.os_info, OLD.restart_required,
         OLD.active_event_id, OLD.import_progress)
    IS DISTINCT FROM (NEW.status, NEW.status_message, NEW.cluster_status, NEW.ip, NEW.node, NEW.os_info,
         NEW.restart_required, NEW.active_event_id, NEW.import_progress))
  EXECUTE FUNCTION announce_vm();

DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'shepherd_web') THEN RETURN; END IF;
  GRANT SELECT ON cluster_checks, schema_cache TO shepherd_web;
  GRANT SELECT, INSERT, UPDATE, DELETE ON cluster_namespaces, template_logos, image_uploads, vm_initial_passwords,
    pending_adoptions TO shepherd_web;
  GRANT INSERT, UPDATE ON schema_cache TO shepherd_web;
END $$;
