-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "roles" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "display_name" TEXT NOT NULL,
    "is_builtin" BOOLEAN NOT NULL DEFAULT false,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "description" TEXT NOT NULL DEFAULT '',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "roles_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "role_permissions" (
    "role_id" TEXT NOT NULL,
    "permission" TEXT NOT NULL,

    CONSTRAINT "role_permissions_pkey" PRIMARY KEY ("role_id","permission")
);

-- CreateTable
CREATE TABLE "role_bindings" (
    "id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "role_id" TEXT NOT NULL,
    "scope_type" TEXT NOT NULL DEFAULT 'global',
    "scope_id" TEXT,
    "allowed_environments" TEXT[] DEFAULT ARRAY['test']::TEXT[],
    "source" TEXT NOT NULL DEFAULT 'manual',
    "created_by" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "role_bindings_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "resource_role_bindings" (
    "id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "resource_type" TEXT NOT NULL,
    "resource_id" TEXT NOT NULL,
    "granted_by" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "resource_role_bindings_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "environments" (
    "name" TEXT NOT NULL,
    "class" TEXT NOT NULL,
    "display_name" TEXT NOT NULL,
    "sort_order" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "environments_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "audit_logs" (
    "id" TEXT NOT NULL,
    "seq" BIGSERIAL NOT NULL,
    "action" TEXT NOT NULL,
    "outcome" TEXT NOT NULL DEFAULT 'success',
    "actor_id" TEXT NOT NULL,
    "actor_name" TEXT NOT NULL,
    "resource_type" TEXT NOT NULL,
    "resource_id" TEXT NOT NULL,
    "resource_name" TEXT,
    "parent_type" TEXT,
    "parent_id" TEXT,
    "environment" TEXT,
    "details" JSONB NOT NULL DEFAULT '{}',
    "ip_address" INET,
    "user_agent" TEXT,
    "correlation_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "archived_at" TIMESTAMPTZ(3),

    CONSTRAINT "audit_logs_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "templates" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "status" TEXT NOT NULL DEFAULT 'draft',
    "category" TEXT NOT NULL DEFAULT '',
    "display_name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "source_type" TEXT NOT NULL,
    "image_url" TEXT,
    "pvc_namespace" TEXT,
    "pvc_name" TEXT,
    "cloud_init" TEXT NOT NULL DEFAULT '',
    "os_family" TEXT NOT NULL DEFAULT 'linux',
    "os_version" TEXT NOT NULL DEFAULT '',
    "quick_fields" JSONB NOT NULL DEFAULT '[]',
    "advanced_fields" JSONB NOT NULL DEFAULT '[]',
    "professional_fields" JSONB NOT NULL DEFAULT '[]',
    "field_defaults" JSONB NOT NULL DEFAULT '{}',
    "field_constraints" JSONB NOT NULL DEFAULT '{}',
    "catalog_scope" TEXT NOT NULL DEFAULT 'unclassified',
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "templates_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "instance_sizes" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "display_name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "cpu_cores" DECIMAL(6,1) NOT NULL,
    "cpu_request" DECIMAL(6,1),
    "memory_gi" DECIMAL(8,1) NOT NULL,
    "memory_request_gi" DECIMAL(8,1),
    "default_disk_gb" INTEGER NOT NULL DEFAULT 100,
    "min_disk_gb" INTEGER NOT NULL DEFAULT 50,
    "max_disk_gb" INTEGER NOT NULL DEFAULT 500,
    "dedicated_cpu" BOOLEAN NOT NULL DEFAULT false,
    "requires_gpu" BOOLEAN NOT NULL DEFAULT false,
    "gpu_devices" JSONB NOT NULL DEFAULT '[]',
    "requires_sriov" BOOLEAN NOT NULL DEFAULT false,
    "requires_hugepages" BOOLEAN NOT NULL DEFAULT false,
    "hugepages_size" TEXT,
    "dv_access_modes" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "dv_volume_mode" TEXT,
    "spec_overrides" JSONB NOT NULL DEFAULT '{}',
    "catalog_scope" TEXT NOT NULL DEFAULT 'unclassified',
    "sort_order" INTEGER NOT NULL DEFAULT 0,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "deprecated_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "instance_sizes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "clusters" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "display_name" TEXT NOT NULL,
    "api_server_url" TEXT NOT NULL,
    "environment" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'UNKNOWN',
    "status_message" TEXT,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "maintenance" BOOLEAN NOT NULL DEFAULT false,
    "scheduling_weight" INTEGER NOT NULL DEFAULT 100,
    "kubevirt_version" TEXT,
    "kubernetes_version" TEXT,
    "kubevirt_api_group" TEXT,
    "enabled_features" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "detected_capabilities" JSONB,
    "hardware_capabilities" JSONB,
    "missing_permissions" JSONB,
    "capabilities_detected_at" TIMESTAMPTZ(3),
    "storage_classes" JSONB NOT NULL DEFAULT '[]',
    "default_storage_class" TEXT,
    "storage_classes_updated_at" TIMESTAMPTZ(3),
    "last_checked_at" TIMESTAMPTZ(3),
    "last_healthy_at" TIMESTAMPTZ(3),
    "consecutive_failures" INTEGER NOT NULL DEFAULT 0,
    "breaker_open_until" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "clusters_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "cluster_credentials" (
    "cluster_id" TEXT NOT NULL,
    "envelope" JSONB NOT NULL,
    "key_version" INTEGER NOT NULL,
    "summary" JSONB NOT NULL,
    "rotated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "cluster_credentials_pkey" PRIMARY KEY ("cluster_id")
);

-- CreateTable
CREATE TABLE "cluster_policies" (
    "cluster_id" TEXT NOT NULL,
    "allow_cpu_overcommit" BOOLEAN NOT NULL DEFAULT true,
    "allow_memory_overcommit" BOOLEAN NOT NULL DEFAULT true,
    "allow_dedicated_cpu" BOOLEAN NOT NULL DEFAULT true,
    "allow_gpu" BOOLEAN NOT NULL DEFAULT true,
    "allow_sriov" BOOLEAN NOT NULL DEFAULT true,
    "allow_hugepages" BOOLEAN NOT NULL DEFAULT true,
    "allow_cdi_clone" BOOLEAN NOT NULL DEFAULT true,
    "allowed_hugepages_sizes" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "allowed_clone_source_namespaces" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "allowed_storage_classes" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "created_by" TEXT NOT NULL,
    "updated_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "cluster_policies_pkey" PRIMARY KEY ("cluster_id")
);

-- CreateTable
CREATE TABLE "namespaces" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "environment" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "owner_id" TEXT,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "namespaces_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "cluster_reflectors" (
    "cluster_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "resource_version" TEXT,
    "owner_id" TEXT,
    "lease_until" TIMESTAMPTZ(3),
    "connected" BOOLEAN NOT NULL DEFAULT false,
    "last_event_at" TIMESTAMPTZ(3),
    "last_list_at" TIMESTAMPTZ(3),
    "error" TEXT,

    CONSTRAINT "cluster_reflectors_pkey" PRIMARY KEY ("cluster_id","kind")
);

-- CreateTable
CREATE TABLE "vnc_access_tokens" (
    "id" TEXT NOT NULL,
    "jti" TEXT NOT NULL,
    "vm_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "session_id" TEXT NOT NULL,
    "user_hash" TEXT NOT NULL,
    "ticket_id" TEXT,
    "console_type" TEXT NOT NULL DEFAULT 'vnc',
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "grant_ends_at" TIMESTAMPTZ(3),
    "used_at" TIMESTAMPTZ(3),
    "proxy_id" TEXT,
    "closed_at" TIMESTAMPTZ(3),
    "closed_reason" TEXT,
    "bytes_sent" BIGINT NOT NULL DEFAULT 0,
    "bytes_received" BIGINT NOT NULL DEFAULT 0,
    "revoked_at" TIMESTAMPTZ(3),
    "revoked_by" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "vnc_access_tokens_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "console_grants" (
    "id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "vm_id" TEXT NOT NULL,
    "ticket_id" TEXT NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    "revoked_by" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "console_grants_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "domain_events" (
    "id" TEXT NOT NULL,
    "event_type" TEXT NOT NULL,
    "aggregate_type" TEXT NOT NULL,
    "aggregate_id" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "requested_by" TEXT NOT NULL,
    "tenant_id" TEXT NOT NULL DEFAULT 'default',
    "status" TEXT NOT NULL DEFAULT 'PENDING',
    "error_message" TEXT,
    "steps" JSONB NOT NULL DEFAULT '{}',
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "started_at" TIMESTAMPTZ(3),
    "due_at" TIMESTAMPTZ(3),
    "lease_owner" TEXT,
    "lease_token" BIGINT NOT NULL DEFAULT 0,
    "lease_until" TIMESTAMPTZ(3),
    "request_id" TEXT NOT NULL,
    "processed_at" TIMESTAMPTZ(3),
    "archived_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "domain_events_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "worker_questions" (
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "question" JSONB NOT NULL,
    "answer" JSONB,
    "failure" JSONB,
    "asked_by" TEXT NOT NULL,
    "answered_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "worker_questions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "worker_instances" (
    "id" TEXT NOT NULL,
    "process" TEXT NOT NULL,
    "last_heartbeat" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "worker_instances_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "idempotency_keys" (
    "user_id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "request_hash" TEXT NOT NULL,
    "status" INTEGER,
    "body" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "idempotency_keys_pkey" PRIMARY KEY ("user_id","key")
);

-- CreateTable
CREATE TABLE "users" (
    "id" TEXT NOT NULL,
    "username" TEXT NOT NULL,
    "email" TEXT,
    "password_hash" TEXT,
    "display_name" TEXT NOT NULL,
    "auth_type" TEXT NOT NULL DEFAULT 'local',
    "auth_provider_id" TEXT,
    "external_id" TEXT,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "force_password_change" BOOLEAN NOT NULL DEFAULT false,
    "session_version" INTEGER NOT NULL DEFAULT 1,
    "last_login_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "users_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "user_preferences" (
    "user_id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "value" JSONB NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "user_preferences_pkey" PRIMARY KEY ("user_id","key")
);

-- CreateTable
CREATE TABLE "user_sessions" (
    "id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "provider" TEXT NOT NULL DEFAULT 'local',
    "session_version" INTEGER NOT NULL,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "ip" TEXT,
    "user_agent" TEXT,
    "mfa_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    "revoked_by" TEXT,
    "revoked_reason" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "user_sessions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rate_limit_counters" (
    "key" TEXT NOT NULL,
    "limit_type" TEXT NOT NULL,
    "value" INTEGER NOT NULL DEFAULT 0,
    "window_start" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "rate_limit_counters_pkey" PRIMARY KEY ("key","limit_type")
);

-- CreateTable
CREATE TABLE "notifications" (
    "id" TEXT NOT NULL,
    "recipient_id" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "params" JSONB NOT NULL DEFAULT '{}',
    "related_ticket_id" TEXT,
    "resource_type" TEXT,
    "resource_id" TEXT,
    "read" BOOLEAN NOT NULL DEFAULT false,
    "read_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "notifications_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "approval_policies" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "environment" TEXT NOT NULL DEFAULT 'all',
    "operation" TEXT NOT NULL,
    "requires_approval" BOOLEAN NOT NULL,
    "priority" INTEGER NOT NULL DEFAULT 100,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "approval_policies_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "approval_tickets" (
    "id" TEXT NOT NULL,
    "event_id" TEXT NOT NULL,
    "operation_type" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'PENDING',
    "requester_id" TEXT NOT NULL,
    "requester_name" TEXT NOT NULL,
    "approver_id" TEXT,
    "approver_name" TEXT,
    "reason" TEXT NOT NULL,
    "reject_reason" TEXT,
    "policy_name" TEXT,
    "resource_type" TEXT NOT NULL,
    "resource_id" TEXT,
    "resource_name" TEXT,
    "duplicate_key" TEXT NOT NULL,
    "system_id" TEXT NOT NULL,
    "system_name" TEXT NOT NULL,
    "service_id" TEXT NOT NULL,
    "service_name" TEXT NOT NULL,
    "namespace" TEXT NOT NULL,
    "environment" TEXT NOT NULL,
    "template_id" TEXT,
    "instance_size_id" TEXT,
    "request_params" JSONB NOT NULL DEFAULT '{}',
    "modified_spec" JSONB,
    "modification_reason" TEXT,
    "selected_cluster_id" TEXT,
    "selected_template_version" INTEGER,
    "selected_storage_class" TEXT,
    "selected_dv_access_modes" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "selected_dv_volume_mode" TEXT,
    "template_snapshot" JSONB,
    "instance_size_snapshot_id" TEXT,
    "final_cpu_request" DECIMAL(6,1),
    "final_cpu_limit" DECIMAL(6,1),
    "final_memory_request" DECIMAL(8,1),
    "final_memory_limit" DECIMAL(8,1),
    "final_disk_gb" INTEGER,
    "placement_evaluation" JSONB,
    "attempt_count" INTEGER NOT NULL DEFAULT 0,
    "last_error" JSONB,
    "last_attempt_at" TIMESTAMPTZ(3),
    "approved_at" TIMESTAMPTZ(3),
    "rejected_at" TIMESTAMPTZ(3),
    "cancelled_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "approval_tickets_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "instance_size_snapshots" (
    "id" TEXT NOT NULL,
    "approval_ticket_id" TEXT NOT NULL,
    "instance_size_snapshot" JSONB,
    "snapshot_hash" TEXT NOT NULL,
    "lifecycle_state" TEXT NOT NULL DEFAULT 'ACTIVE',
    "vm_deleted_at" TIMESTAMPTZ(3),
    "archived_at" TIMESTAMPTZ(3),
    "tombstoned_at" TIMESTAMPTZ(3),
    "purge_after" TIMESTAMPTZ(3),
    "archived_summary" JSONB,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "instance_size_snapshots_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "delete_confirmation_attempts" (
    "id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "delete_confirmation_attempts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "platform_settings" (
    "key" TEXT NOT NULL,
    "value" JSONB NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "updated_by" TEXT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "platform_settings_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "system_secrets" (
    "key_name" TEXT NOT NULL,
    "keyring" TEXT NOT NULL,
    "key_value" TEXT NOT NULL,
    "source" TEXT NOT NULL DEFAULT 'db_generated',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "system_secrets_pkey" PRIMARY KEY ("key_name")
);

-- CreateTable
CREATE TABLE "encryption_keys" (
    "keyring" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "public_key" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'active',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "retired_at" TIMESTAMPTZ(3),

    CONSTRAINT "encryption_keys_pkey" PRIMARY KEY ("keyring","version")
);

-- CreateTable
CREATE TABLE "systems" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "created_by" TEXT NOT NULL,
    "tenant_id" TEXT NOT NULL DEFAULT 'default',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "systems_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "services" (
    "id" TEXT NOT NULL,
    "system_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "next_instance_index" INTEGER NOT NULL DEFAULT 1,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "services_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "vms" (
    "id" TEXT NOT NULL,
    "service_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "namespace" TEXT NOT NULL,
    "cluster_id" TEXT NOT NULL,
    "instance" TEXT NOT NULL,
    "hostname" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'CREATING',
    "status_message" TEXT,
    "cluster_status" TEXT,
    "ip" TEXT,
    "node" TEXT,
    "os_info" JSONB,
    "cpu_cores" DECIMAL(6,1) NOT NULL,
    "memory_gi" DECIMAL(8,1) NOT NULL,
    "disk_gb" INTEGER NOT NULL,
    "template_id" TEXT NOT NULL,
    "template_version" INTEGER NOT NULL,
    "instance_size_id" TEXT NOT NULL,
    "ticket_id" TEXT NOT NULL,
    "active_event_id" TEXT,
    "k8s_uid" TEXT,
    "vmi_uid" TEXT,
    "blueprint" JSONB NOT NULL,
    "storage_class" TEXT,
    "dv_access_modes" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "dv_volume_mode" TEXT,
    "restart_required" BOOLEAN NOT NULL DEFAULT false,
    "last_k8s_rv" TEXT,
    "status_since" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "observed_at" TIMESTAMPTZ(3),
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "vms_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "roles_name_key" ON "roles"("name");

-- CreateIndex
CREATE INDEX "role_bindings_user_id_idx" ON "role_bindings"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "role_bindings_user_id_role_id_scope_type_scope_id_source_key" ON "role_bindings"("user_id", "role_id", "scope_type", "scope_id", "source");

-- CreateIndex
CREATE INDEX "resource_role_bindings_resource_type_resource_id_idx" ON "resource_role_bindings"("resource_type", "resource_id");

-- CreateIndex
CREATE UNIQUE INDEX "resource_role_bindings_user_id_resource_type_resource_id_key" ON "resource_role_bindings"("user_id", "resource_type", "resource_id");

-- CreateIndex
CREATE UNIQUE INDEX "audit_logs_seq_key" ON "audit_logs"("seq");

-- CreateIndex
CREATE INDEX "audit_logs_actor_id_created_at_idx" ON "audit_logs"("actor_id", "created_at" DESC);

-- CreateIndex
CREATE INDEX "audit_logs_resource_type_resource_id_created_at_idx" ON "audit_logs"("resource_type", "resource_id", "created_at" DESC);

-- CreateIndex
CREATE INDEX "audit_logs_action_created_at_idx" ON "audit_logs"("action", "created_at" DESC);

-- CreateIndex
CREATE INDEX "audit_logs_created_at_id_idx" ON "audit_logs"("created_at" DESC, "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "templates_name_version_key" ON "templates"("name", "version");

-- CreateIndex
CREATE UNIQUE INDEX "instance_sizes_name_key" ON "instance_sizes"("name");

-- CreateIndex
CREATE INDEX "instance_sizes_requires_gpu_idx" ON "instance_sizes"("requires_gpu");

-- CreateIndex
CREATE INDEX "instance_sizes_requires_sriov_idx" ON "instance_sizes"("requires_sriov");

-- CreateIndex
CREATE INDEX "instance_sizes_requires_hugepages_idx" ON "instance_sizes"("requires_hugepages");

-- CreateIndex
CREATE INDEX "instance_sizes_hugepages_size_idx" ON "instance_sizes"("hugepages_size");

-- CreateIndex
CREATE INDEX "instance_sizes_dedicated_cpu_idx" ON "instance_sizes"("dedicated_cpu");

-- CreateIndex
CREATE INDEX "instance_sizes_cpu_cores_memory_gi_idx" ON "instance_sizes"("cpu_cores", "memory_gi");

-- CreateIndex
CREATE UNIQUE INDEX "clusters_name_key" ON "clusters"("name");

-- CreateIndex
CREATE UNIQUE INDEX "namespaces_name_key" ON "namespaces"("name");

-- CreateIndex
CREATE UNIQUE INDEX "vnc_access_tokens_jti_key" ON "vnc_access_tokens"("jti");

-- CreateIndex
CREATE INDEX "vnc_access_tokens_vm_id_used_at_idx" ON "vnc_access_tokens"("vm_id", "used_at");

-- CreateIndex
CREATE INDEX "vnc_access_tokens_user_id_idx" ON "vnc_access_tokens"("user_id");

-- CreateIndex
CREATE INDEX "vnc_access_tokens_closed_at_proxy_id_idx" ON "vnc_access_tokens"("closed_at", "proxy_id");

-- CreateIndex
CREATE UNIQUE INDEX "console_grants_ticket_id_key" ON "console_grants"("ticket_id");

-- CreateIndex
CREATE INDEX "console_grants_vm_id_user_id_ends_at_idx" ON "console_grants"("vm_id", "user_id", "ends_at");

-- CreateIndex
CREATE INDEX "domain_events_archived_at_idx" ON "domain_events"("archived_at");

-- CreateIndex
CREATE INDEX "domain_events_aggregate_type_aggregate_id_created_at_idx" ON "domain_events"("aggregate_type", "aggregate_id", "created_at" DESC);

-- CreateIndex
CREATE INDEX "domain_events_requested_by_created_at_idx" ON "domain_events"("requested_by", "created_at" DESC);

-- CreateIndex
CREATE INDEX "worker_questions_created_at_idx" ON "worker_questions"("created_at");

-- CreateIndex
CREATE UNIQUE INDEX "users_username_key" ON "users"("username");

-- CreateIndex
CREATE UNIQUE INDEX "users_email_key" ON "users"("email");

-- CreateIndex
CREATE UNIQUE INDEX "users_auth_provider_id_external_id_key" ON "users"("auth_provider_id", "external_id");

-- CreateIndex
CREATE INDEX "user_sessions_user_id_revoked_at_idx" ON "user_sessions"("user_id", "revoked_at");

-- CreateIndex
CREATE INDEX "notifications_recipient_id_read_created_at_idx" ON "notifications"("recipient_id", "read", "created_at" DESC);

-- CreateIndex
CREATE INDEX "notifications_recipient_id_created_at_id_idx" ON "notifications"("recipient_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "approval_policies_name_key" ON "approval_policies"("name");

-- CreateIndex
CREATE UNIQUE INDEX "approval_tickets_event_id_key" ON "approval_tickets"("event_id");

-- CreateIndex
CREATE INDEX "approval_tickets_status_created_at_idx" ON "approval_tickets"("status", "created_at");

-- CreateIndex
CREATE INDEX "approval_tickets_requester_id_created_at_idx" ON "approval_tickets"("requester_id", "created_at" DESC);

-- CreateIndex
CREATE INDEX "approval_tickets_resource_type_resource_id_idx" ON "approval_tickets"("resource_type", "resource_id");

-- CreateIndex
CREATE INDEX "approval_tickets_created_at_id_idx" ON "approval_tickets"("created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "instance_size_snapshots_lifecycle_state_vm_deleted_at_idx" ON "instance_size_snapshots"("lifecycle_state", "vm_deleted_at");

-- CreateIndex
CREATE INDEX "delete_confirmation_attempts_user_id_at_idx" ON "delete_confirmation_attempts"("user_id", "at");

-- CreateIndex
CREATE UNIQUE INDEX "systems_name_key" ON "systems"("name");

-- CreateIndex
CREATE UNIQUE INDEX "services_system_id_name_key" ON "services"("system_id", "name");

-- CreateIndex
CREATE INDEX "vms_status_idx" ON "vms"("status");

-- CreateIndex
CREATE INDEX "vms_service_id_idx" ON "vms"("service_id");

-- CreateIndex
CREATE INDEX "vms_created_at_id_idx" ON "vms"("created_at" DESC, "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "vms_cluster_id_namespace_name_key" ON "vms"("cluster_id", "namespace", "name");

-- CreateIndex
CREATE UNIQUE INDEX "vms_namespace_name_key" ON "vms"("namespace", "name");

-- AddForeignKey
ALTER TABLE "role_permissions" ADD CONSTRAINT "role_permissions_role_id_fkey" FOREIGN KEY ("role_id") REFERENCES "roles"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "role_bindings" ADD CONSTRAINT "role_bindings_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "role_bindings" ADD CONSTRAINT "role_bindings_role_id_fkey" FOREIGN KEY ("role_id") REFERENCES "roles"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "resource_role_bindings" ADD CONSTRAINT "resource_role_bindings_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "cluster_credentials" ADD CONSTRAINT "cluster_credentials_cluster_id_fkey" FOREIGN KEY ("cluster_id") REFERENCES "clusters"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "cluster_policies" ADD CONSTRAINT "cluster_policies_cluster_id_fkey" FOREIGN KEY ("cluster_id") REFERENCES "clusters"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "cluster_reflectors" ADD CONSTRAINT "cluster_reflectors_cluster_id_fkey" FOREIGN KEY ("cluster_id") REFERENCES "clusters"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "user_preferences" ADD CONSTRAINT "user_preferences_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "user_sessions" ADD CONSTRAINT "user_sessions_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "services" ADD CONSTRAINT "services_system_id_fkey" FOREIGN KEY ("system_id") REFERENCES "systems"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "vms" ADD CONSTRAINT "vms_service_id_fkey" FOREIGN KEY ("service_id") REFERENCES "services"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "vms" ADD CONSTRAINT "vms_cluster_id_fkey" FOREIGN KEY ("cluster_id") REFERENCES "clusters"("id") ON DELETE RESTRICT ON UPDATE CASCADE;


