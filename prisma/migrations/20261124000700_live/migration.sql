-- An announcement says whether its object has just been made: a list wants to hear of new rows and of those it shows,
-- and of none of the others.
DROP FUNCTION announce(text, text, text, text);
CREATE FUNCTION announce(kind text, id text, system_id text, user_id text, is_new boolean DEFAULT false)
RETURNS void LANGUAGE sql AS $$
  SELECT pg_notify('shepherd_changes', json_strip_nulls(
    json_build_object('kind', kind, 'id', id, 'systemId', system_id, 'userId', user_id,
      'isNew', CASE WHEN is_new THEN true END))::text)
$$;

CREATE OR REPLACE FUNCTION announce_vm() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE vm vms := COALESCE(NEW, OLD);
BEGIN
  PERFORM announce('vm', vm.id, (SELECT s.system_id FROM services s WHERE s.id = vm.service_id), NULL,
    TG_OP = 'INSERT');
  RETURN NULL;
END $$;
