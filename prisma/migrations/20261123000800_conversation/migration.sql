-- What is said about a request, how it changed while it waited, what clusters said of it, and why requests are refused.
-- CreateTable
CREATE TABLE "approval_comments" (
    "id" TEXT NOT NULL,
    "ticket_id" TEXT NOT NULL,
    "author_id" TEXT,
    "author_name" TEXT,
    "kind" TEXT NOT NULL DEFAULT 'comment',
    "body" TEXT NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "approval_comments_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "approval_ticket_revisions" (
    "id" TEXT NOT NULL,
    "ticket_id" TEXT NOT NULL,
    "revision" INTEGER NOT NULL,
    "request_params" JSONB NOT NULL,
    "diff" JSONB NOT NULL DEFAULT '[]',
    "changed_by" TEXT NOT NULL,
    "changed_by_name" TEXT NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "approval_ticket_revisions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "approval_checks" (
    "ticket_id" TEXT NOT NULL,
    "cluster_id" TEXT NOT NULL,
    "spec_hash" TEXT NOT NULL,
    "result" TEXT NOT NULL,
    "message" TEXT NOT NULL DEFAULT '',
    "checked_at" TIMESTAMPTZ(3) NOT NULL,
    "checked_by" TEXT NOT NULL,

    CONSTRAINT "approval_checks_pkey" PRIMARY KEY ("ticket_id","cluster_id")
);

-- CreateTable
CREATE TABLE "reject_reasons" (
    "id" TEXT NOT NULL,
    "about" TEXT NOT NULL DEFAULT 'all',
    "position" INTEGER NOT NULL DEFAULT 0,
    "text_en" TEXT NOT NULL,
    "text_zh" TEXT NOT NULL,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "updated_by" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "reject_reasons_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "approval_comments_ticket_id_created_at_id_idx" ON "approval_comments"("ticket_id", "created_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "approval_ticket_revisions_ticket_id_revision_key" ON "approval_ticket_revisions"("ticket_id", "revision");

-- CreateIndex
CREATE INDEX "reject_reasons_position_id_idx" ON "reject_reasons"("position", "id");

ALTER TABLE approval_comments
  ADD CONSTRAINT approval_comments_kind_known CHECK (kind IN ('comment', 'question', 'answer', 'system')),
  ADD CONSTRAINT approval_comments_author_known CHECK ((kind = 'system') = (author_id IS NULL)),
  ADD CONSTRAINT approval_comments_body_said CHECK (length(body) BETWEEN 1 AND 4000);
ALTER TABLE approval_ticket_revisions
  ADD CONSTRAINT approval_ticket_revisions_counted CHECK (revision >= 1),
  ADD CONSTRAINT approval_ticket_revisions_diff_listed CHECK (jsonb_typeof(diff) = 'array');
ALTER TABLE approval_checks
  ADD CONSTRAINT approval_checks_result_known CHECK (result IN ('accepted', 'refused', 'not_checked'));
ALTER TABLE reject_reasons
  ADD CONSTRAINT reject_reasons_about_known CHECK (about IN ('all', 'machine', 'access')),
  ADD CONSTRAINT reject_reasons_said CHECK (length(text_en) BETWEEN 1 AND 500 AND length(text_zh) BETWEEN 1 AND 500);
-- Revisions and pauses are counted up alone.
ALTER TABLE approval_tickets
  ADD CONSTRAINT approval_tickets_revision_counted CHECK (revision >= 1 AND paused_seconds >= 0);

-- A word on a request is news for whoever watches it.
CREATE FUNCTION announce_comment() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE ticket approval_tickets;
BEGIN
  SELECT * INTO ticket FROM approval_tickets WHERE id = NEW.ticket_id;
  IF FOUND THEN
    PERFORM announce('ticket', ticket.id, ticket.system_id, ticket.requester_id);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER approval_comments_announce AFTER INSERT ON approval_comments
  FOR EACH ROW EXECUTE FUNCTION announce_comment();

INSERT INTO reject_reasons (id, about, position, text_en, text_zh) VALUES
  ('reject-reason-size', 'machine', 10, 'Too large. This is more than its purpose needs; please ask for a smaller size.',
    '过大。超出用途所需，请申请更小的规格。'),
  ('reject-reason-purpose', 'machine', 20,
    'Purpose unclear. Please ask again with what the machine is for and how long it is needed.',
    '用途不清。请写明用途和使用期限后重新申请。'),
  ('reject-reason-existing', 'machine', 30,
    'Use an existing machine. The service already has one that can do this; please use it, or say why it cannot.',
    '使用现有虚拟机。该服务已有可用的虚拟机，请使用它，或说明为何不能使用。'),
  ('reject-reason-place', 'machine', 40,
    'Wrong environment. Please ask again with a namespace of the environment this belongs to.',
    '环境有误。请选择正确环境的命名空间后重新申请。'),
  ('reject-reason-role', 'access', 50,
    'Too much. This is more than the purpose needs; please ask for a lower role or for less time.',
    '权限过高。超出了用途所需，请申请较低的角色或较短的期限。'),
  ('reject-reason-access', 'access', 60,
    'Reason unclear. Please ask again with what the access is for and how long it is needed.',
    '理由不清。请写明访问的用途和所需时间后重新申请。'),
  ('reject-reason-system', 'access', 70,
    'Wrong system. What you need belongs to another system; please ask its owners.',
    '系统不对。您需要的内容属于另一个系统，请向其所有者申请。');

DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'shepherd_web') THEN RETURN; END IF;
  GRANT SELECT, INSERT, UPDATE, DELETE ON approval_comments, approval_ticket_revisions, approval_checks, reject_reasons
    TO shepherd_web;
END $$;
