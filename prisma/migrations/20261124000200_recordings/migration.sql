-- CreateTable
CREATE TABLE "environment_recordings" (
    "environment" TEXT NOT NULL,
    "mode" TEXT NOT NULL DEFAULT 'off',
    "retention_days" INTEGER NOT NULL DEFAULT 30,
    "updated_by" TEXT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "environment_recordings_pkey" PRIMARY KEY ("environment")
);

-- CreateTable
CREATE TABLE "console_recordings" (
    "id" TEXT NOT NULL,
    "jti" TEXT NOT NULL,
    "vm_id" TEXT NOT NULL,
    "vm_name" TEXT NOT NULL,
    "system_id" TEXT NOT NULL,
    "service_id" TEXT NOT NULL,
    "environment" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "user_name" TEXT NOT NULL,
    "console_type" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'recording',
    "broken_reason" TEXT,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(3),
    "duration_ms" INTEGER NOT NULL DEFAULT 0,
    "bytes" BIGINT NOT NULL DEFAULT 0,
    "chunk_count" INTEGER NOT NULL DEFAULT 0,
    "gap_count" INTEGER NOT NULL DEFAULT 0,
    "lost_bytes" BIGINT NOT NULL DEFAULT 0,
    "chain_head" TEXT,
    "is_playable" BOOLEAN NOT NULL DEFAULT true,
    "retain_until" TIMESTAMPTZ(3) NOT NULL,
    "purged_at" TIMESTAMPTZ(3),

    CONSTRAINT "console_recordings_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "console_recording_keys" (
    "recording_id" TEXT NOT NULL,
    "key_version" INTEGER NOT NULL,
    "envelope" JSONB NOT NULL,

    CONSTRAINT "console_recording_keys_pkey" PRIMARY KEY ("recording_id")
);

-- CreateTable
CREATE TABLE "console_recording_openings" (
    "id" TEXT NOT NULL,
    "recording_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "session_id" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "console_recording_openings_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "console_recordings_jti_key" ON "console_recordings"("jti");

-- CreateIndex
CREATE INDEX "console_recordings_started_at_id_idx" ON "console_recordings"("started_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "console_recordings_vm_id_started_at_idx" ON "console_recordings"("vm_id", "started_at" DESC);

-- CreateIndex
CREATE INDEX "console_recordings_user_id_started_at_idx" ON "console_recordings"("user_id", "started_at" DESC);

-- CreateIndex
CREATE INDEX "console_recordings_system_id_started_at_idx" ON "console_recordings"("system_id", "started_at" DESC);

-- CreateIndex
CREATE INDEX "console_recording_openings_recording_id_idx" ON "console_recording_openings"("recording_id");

-- CreateIndex
CREATE INDEX "console_recording_openings_expires_at_idx" ON "console_recording_openings"("expires_at");

-- AddForeignKey
ALTER TABLE "environment_recordings" ADD CONSTRAINT "environment_recordings_environment_fkey" FOREIGN KEY ("environment") REFERENCES "environments"("name") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "console_recording_keys" ADD CONSTRAINT "console_recording_keys_recording_id_fkey" FOREIGN KEY ("recording_id") REFERENCES "console_recordings"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "console_recording_openings" ADD CONSTRAINT "console_recording_openings_recording_id_fkey" FOREIGN KEY ("recording_id") REFERENCES "console_recordings"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE environment_recordings
  ADD CONSTRAINT environment_recordings_mode_known CHECK (mode IN ('off', 'vnc', 'serial', 'both')),
  ADD CONSTRAINT environment_recordings_days_sound CHECK (retention_days BETWEEN 1 AND 3650);
ALTER TABLE console_recordings
  ADD CONSTRAINT console_recordings_type_known CHECK (console_type IN ('vnc', 'serial')),
  ADD CONSTRAINT console_recordings_status_known CHECK (status IN ('recording', 'complete', 'broken', 'purged')),
  ADD CONSTRAINT console_recordings_reason_known
    CHECK (broken_reason IN ('process_lost', 'disk_full', 'disk_failed')),
  ADD CONSTRAINT console_recordings_end_known CHECK ((status = 'recording') = (ended_at IS NULL)),
  ADD CONSTRAINT console_recordings_broken_says_why CHECK (status <> 'broken' OR broken_reason IS NOT NULL),
  ADD CONSTRAINT console_recordings_purge_known CHECK ((status = 'purged') = (purged_at IS NOT NULL)),
  ADD CONSTRAINT console_recordings_counted CHECK (duration_ms >= 0 AND bytes >= 0 AND chunk_count >= 0
    AND gap_count >= 0 AND lost_bytes >= 0);
ALTER TABLE console_recording_openings
  ADD CONSTRAINT console_recording_openings_purpose_known CHECK (purpose IN ('view', 'export'));
CREATE INDEX console_recordings_due ON console_recordings (retain_until) WHERE status IN ('complete', 'broken');
CREATE INDEX console_recordings_running ON console_recordings (started_at) WHERE status = 'recording';

-- The web process lists recordings and opens none: it never sees a key, not even a sealed one.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'shepherd_web') THEN RETURN; END IF;
  GRANT SELECT, INSERT, UPDATE, DELETE ON environment_recordings, console_recording_openings TO shepherd_web;
  GRANT SELECT ON console_recordings TO shepherd_web;
END $$;
