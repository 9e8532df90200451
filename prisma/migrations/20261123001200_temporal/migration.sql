-- What is told of a request that is led from outside: written with the word itself, sent afterwards, settled once.
-- CreateTable
CREATE TABLE "approval_happenings" (
    "id" TEXT NOT NULL,
    "ticket_id" TEXT NOT NULL,
    "sequence" INTEGER NOT NULL,
    "happening" JSONB,
    "said_as" JSONB,
    "said_by" JSONB,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "refusal" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_attempt_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_error" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "settled_at" TIMESTAMPTZ(3),

    CONSTRAINT "approval_happenings_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "approval_happenings_ticket_id_sequence_key" ON "approval_happenings"("ticket_id", "sequence");

ALTER TABLE approval_happenings
  ADD CONSTRAINT approval_happenings_state_known CHECK (state IN ('waiting', 'sent', 'applied', 'void', 'refused')),
  ADD CONSTRAINT approval_happenings_settled_whole CHECK ((settled_at IS NULL) = (state IN ('waiting', 'sent'))),
  ADD CONSTRAINT approval_happenings_refusal_named CHECK ((refusal IS NULL) OR state = 'refused'),
  ADD CONSTRAINT approval_happenings_said_whole CHECK ((happening IS NULL) = (said_by IS NULL));
ALTER TABLE approval_tickets
  ADD CONSTRAINT approval_tickets_dispatcher_known CHECK (dispatcher IN ('built-in', 'temporal'));

-- The clock asks what has not been settled, and when to send it again.
CREATE INDEX approval_happenings_open ON approval_happenings (next_attempt_at) WHERE settled_at IS NULL;

-- However a request ends, by whomever: whoever leads it from outside learns that there is nothing left to lead.
CREATE FUNCTION end_approval_leading() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO approval_happenings (id, ticket_id, sequence)
    SELECT gen_random_uuid()::text, NEW.id, coalesce(max(h.sequence), 0) + 1
    FROM approval_happenings h WHERE h.ticket_id = NEW.id;
  RETURN NULL;
END $$;
CREATE TRIGGER approval_tickets_end_leading AFTER UPDATE OF status ON approval_tickets FOR EACH ROW
  WHEN (OLD.status = 'PENDING' AND NEW.status <> 'PENDING' AND NEW.dispatcher = 'temporal')
  EXECUTE FUNCTION end_approval_leading();

-- A word that is on its way, or has arrived, is news for whoever watches its request.
CREATE TRIGGER approval_happenings_announce AFTER INSERT OR UPDATE OF state ON approval_happenings FOR EACH ROW
  EXECUTE FUNCTION announce_approval_step();

DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'shepherd_web') THEN RETURN; END IF;
  GRANT SELECT, INSERT ON approval_happenings TO shepherd_web;
END $$;
