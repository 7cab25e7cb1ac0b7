SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET transaction_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;
CREATE FUNCTION public.append_only_follow() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
  lowest bigint; highest bigint; many bigint; earliest timestamptz; latest timestamptz;
  last_position bigint; last_at timestamptz;
BEGIN
  SELECT min(position), max(position), count(*), min(recorded_at), max(recorded_at)
    INTO lowest, highest, many, earliest, latest FROM added;
  IF many = 0 THEN RETURN NULL; END IF;
  SELECT position, recorded_at INTO last_position, last_at
    FROM events WHERE position < lowest ORDER BY position DESC LIMIT 1;
  IF lowest <> coalesce(last_position, 0) + 1 OR highest - lowest + 1 <> many
     OR earliest < last_at
     OR earliest <> latest AND EXISTS (
       SELECT FROM (SELECT recorded_at - lag(recorded_at) OVER (ORDER BY position) AS step
                    FROM added) AS steps WHERE step < interval '0')
  THEN RAISE EXCEPTION 'append-only: an event must follow the last one'
    USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE FUNCTION public.append_only_refuse() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
  RAISE EXCEPTION 'append-only: % on % is refused', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'restrict_violation';
END $$;
SET default_tablespace = '';
SET default_table_access_method = heap;
CREATE TABLE public.adjudications (
    issuer_id text NOT NULL,
    item_id text NOT NULL,
    "position" bigint NOT NULL,
    row_number integer NOT NULL,
    place bigint NOT NULL,
    position_to bigint,
    expectation text NOT NULL,
    verdict text NOT NULL,
    reason text,
    disclosed_at timestamp with time zone NOT NULL
);
CREATE TABLE public.alembic_version (
    version_num character varying(32) NOT NULL
);
CREATE TABLE public.documents (
    issuer_id text NOT NULL,
    item_id text NOT NULL,
    "position" bigint NOT NULL,
    row_number integer NOT NULL,
    place bigint NOT NULL,
    position_to bigint,
    published text,
    disclosed_at timestamp with time zone,
    publisher text,
    kind text,
    title text,
    url text,
    sha256 text
);
CREATE TABLE public.event_index (
    issuer_id text NOT NULL,
    item_id text NOT NULL,
    "position" bigint NOT NULL,
    row_number integer NOT NULL,
    place bigint NOT NULL,
    position_to bigint,
    kind text NOT NULL,
    type text NOT NULL,
    program text,
    milestone text,
    document text,
    visibility text NOT NULL,
    disclosed_at timestamp with time zone
);
CREATE TABLE public.events (
    "position" bigint NOT NULL,
    stream uuid NOT NULL,
    version integer NOT NULL,
    topic text NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    payload bytea NOT NULL
);
CREATE TABLE public.facts (
    issuer_id text NOT NULL,
    item_id text NOT NULL,
    "position" bigint NOT NULL,
    row_number integer NOT NULL,
    place bigint NOT NULL,
    position_to bigint,
    subject text NOT NULL,
    attribute text NOT NULL,
    value text NOT NULL,
    valid_from timestamp with time zone NOT NULL,
    valid_to timestamp with time zone,
    open_end text NOT NULL,
    disclosed_at timestamp with time zone NOT NULL
);
CREATE TABLE public.idempotency (
    key text NOT NULL,
    digest text NOT NULL,
    first_position bigint NOT NULL,
    last_position bigint NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    answer bytea NOT NULL
);
CREATE TABLE public.issuers (
    issuer_id text NOT NULL,
    item_id text NOT NULL,
    "position" bigint NOT NULL,
    row_number integer NOT NULL,
    place bigint NOT NULL,
    position_to bigint,
    name text,
    aliases text NOT NULL,
    identifiers text NOT NULL,
    packs text NOT NULL
);
CREATE TABLE public.outcomes (
    issuer_id text NOT NULL,
    item_id text NOT NULL,
    "position" bigint NOT NULL,
    row_number integer NOT NULL,
    place bigint NOT NULL,
    position_to bigint,
    program text,
    milestone text,
    qualifier text,
    outcome text NOT NULL,
    result text,
    occurred text NOT NULL,
    disclosed_at timestamp with time zone NOT NULL
);
CREATE TABLE public.programs (
    issuer_id text NOT NULL,
    item_id text NOT NULL,
    "position" bigint NOT NULL,
    row_number integer NOT NULL,
    place bigint NOT NULL,
    position_to bigint,
    name text,
    aliases text NOT NULL,
    attributes text NOT NULL
);
CREATE TABLE public.statements (
    issuer_id text NOT NULL,
    item_id text NOT NULL,
    "position" bigint NOT NULL,
    row_number integer NOT NULL,
    place bigint NOT NULL,
    position_to bigint,
    program text,
    milestone text NOT NULL,
    qualifier text,
    said_by text,
    stated text NOT NULL,
    stated_at timestamp with time zone NOT NULL,
    "window" text,
    words text,
    condition text,
    withdraws text,
    document text
);
CREATE TABLE public.tracking (
    application_name text NOT NULL,
    "position" bigint NOT NULL
);
INSERT INTO public.adjudications VALUES ('larkspur', 'ruling-1', 16, 0, 16, NULL, 'list-1', 'withdrawn', 'The prospectus was taken back.', '2031-12-01 00:00:00+00');
INSERT INTO public.alembic_version VALUES ('0002');
INSERT INTO public.documents VALUES ('larkspur', 'release-1', 4, 0, 4, NULL, '2031-01-20', '2031-01-20 00:00:00+00', 'Larkspur Aviation', 'news_release', 'Lark 9 to fly by midsummer', NULL, NULL);
INSERT INTO public.documents VALUES ('larkspur', 'release-2', 5, 0, 5, NULL, '2031-06-10', '2031-06-10 12:30:00+00', 'Larkspur Aviation', 'news_release', 'First flight moves to autumn', NULL, NULL);
INSERT INTO public.event_index VALUES ('larkspur', 'larkspur', 1, 0, 1, NULL, 'issuer', 'issuer.registered', NULL, NULL, NULL, 'public', NULL);
INSERT INTO public.event_index VALUES ('larkspur', 'lark-9', 2, 0, 2, NULL, 'program', 'program.registered', 'lark-9', NULL, NULL, 'public', NULL);
INSERT INTO public.event_index VALUES ('larkspur', 'lark-e', 3, 0, 3, NULL, 'program', 'program.registered', 'lark-e', NULL, NULL, 'public', NULL);
INSERT INTO public.event_index VALUES ('larkspur', 'release-1', 4, 0, 4, NULL, 'document', 'disclosure.document_published', NULL, NULL, NULL, 'public', '2031-01-20 00:00:00+00');
INSERT INTO public.event_index VALUES ('larkspur', 'release-2', 5, 0, 5, NULL, 'document', 'disclosure.document_published', NULL, NULL, NULL, 'public', '2031-06-10 12:30:00+00');
INSERT INTO public.event_index VALUES ('larkspur', 'stage-1', 6, 0, 6, NULL, 'event', 'program.stage_stated', 'lark-9', NULL, 'release-1', 'public', '2031-01-20 00:00:00+00');
INSERT INTO public.event_index VALUES ('larkspur', 'rolled-out', 7, 0, 7, NULL, 'event', 'milestone.reached', 'lark-9', 'rollout', 'release-2', 'public', '2031-06-10 12:30:00+00');
INSERT INTO public.event_index VALUES ('larkspur', 'flown', 8, 0, 8, NULL, 'event', 'milestone.reached', 'lark-9', 'first_flight', NULL, 'public', '2031-10-03 00:00:00+00');
INSERT INTO public.event_index VALUES ('larkspur', 'fly-1', 11, 0, 11, NULL, 'expectation', 'disclosure.expectation_stated', 'lark-9', 'first_flight', 'release-1', 'public', '2031-01-20 00:00:00+00');
INSERT INTO public.event_index VALUES ('larkspur', 'fly-2', 12, 0, 12, NULL, 'expectation', 'disclosure.expectation_stated', 'lark-9', 'first_flight', 'release-2', 'public', '2031-06-10 00:00:00+00');
INSERT INTO public.event_index VALUES ('larkspur', 'certify-1', 13, 0, 13, NULL, 'expectation', 'disclosure.expectation_stated', 'lark-9', 'certification', NULL, 'public', '2031-06-10 00:00:00+00');
INSERT INTO public.event_index VALUES ('larkspur', 'charge-1', 14, 0, 14, NULL, 'expectation', 'disclosure.expectation_stated', 'lark-e', 'first_flight', NULL, 'public', '2031-01-20 00:00:00+00');
INSERT INTO public.event_index VALUES ('larkspur', 'list-1', 15, 0, 15, NULL, 'expectation', 'disclosure.expectation_stated', NULL, 'listing', NULL, 'public', '2031-01-20 00:00:00+00');
INSERT INTO public.event_index VALUES ('larkspur', 'ruling-1', 16, 0, 16, NULL, 'adjudication', 'disclosure.expectation_adjudicated', NULL, NULL, NULL, 'public', '2031-12-01 00:00:00+00');
INSERT INTO public.event_index VALUES ('larkspur', 'stopped', 9, 0, 9, 17, 'event', 'program.discontinued', 'lark-e', NULL, NULL, 'public', '2031-10-03 00:00:00+00');
INSERT INTO public.event_index VALUES ('larkspur', 'stopped', 17, 0, 9, NULL, 'event', 'program.discontinued', 'lark-e', NULL, NULL, 'public', '2031-10-03 00:00:00+00');
INSERT INTO public.event_index VALUES ('larkspur', 'mended-1', 17, 0, 17, NULL, 'correction', 'correction.fact_corrected', NULL, NULL, NULL, 'public', NULL);
INSERT INTO public.event_index VALUES ('larkspur', 'misfiled', 10, 0, 10, 18, 'event', 'corporate.moved', NULL, NULL, NULL, 'public', '2031-02-01 00:00:00+00');
INSERT INTO public.event_index VALUES ('larkspur', 'mended-2', 18, 0, 18, NULL, 'correction', 'correction.event_retracted', NULL, NULL, NULL, 'public', NULL);
INSERT INTO public.event_index VALUES ('larkspur', 'golden-0', 19, 0, 19, NULL, 'event', 'corp.office_moved', NULL, NULL, NULL, 'public', '2020-10-01 00:00:00+00');
INSERT INTO public.event_index VALUES ('larkspur', 'golden-3', 22, 0, 22, NULL, 'event', 'corp.office_moved', NULL, NULL, NULL, 'public', '2020-10-04 00:00:00+00');
INSERT INTO public.event_index VALUES ('larkspur', 'golden-4', 23, 0, 23, NULL, 'event', 'corp.office_moved', NULL, NULL, NULL, 'public', '2020-10-05 00:00:00+00');
INSERT INTO public.event_index VALUES ('larkspur', 'golden-5', 24, 0, 24, NULL, 'event', 'corp.office_moved', NULL, NULL, NULL, 'public', '2020-10-06 00:00:00+00');
INSERT INTO public.event_index VALUES ('larkspur', 'golden-1', 20, 0, 20, 25, 'event', 'corp.office_moved', NULL, NULL, NULL, 'public', '2020-10-02 00:00:00+00');
INSERT INTO public.event_index VALUES ('larkspur', 'golden-1', 25, 0, 20, NULL, 'event', 'corp.office_moved', NULL, NULL, NULL, 'public', '2020-10-02 00:00:00+00');
INSERT INTO public.event_index VALUES ('larkspur', 'golden-c', 25, 0, 25, NULL, 'correction', 'correction.fact_corrected', NULL, NULL, NULL, 'public', NULL);
INSERT INTO public.event_index VALUES ('larkspur', 'golden-2', 21, 0, 21, 26, 'event', 'corp.office_moved', NULL, NULL, NULL, 'public', '2020-10-03 00:00:00+00');
INSERT INTO public.event_index VALUES ('larkspur', 'golden-r', 26, 0, 26, NULL, 'correction', 'correction.event_retracted', NULL, NULL, NULL, 'public', NULL);
INSERT INTO public.events VALUES (1, '884d2ea6-77b8-59e6-a463-4527483597de', 1, 'issuer.registered@1', '2026-11-25 12:00:00+00', '\x7b22656e76656c6f7065223a312c226661637473223a7b22616c6961736573223a5b224c61726b73707572225d2c226e616d65223a224c61726b73707572204176696174696f6e222c227061636b73223a5b22636f7265225d7d2c22697373756572223a226c61726b73707572222c226974656d223a226c61726b73707572222c226b696e64223a22697373756572222c227265636f726465645f6279223a22676f6c64656e227d');
INSERT INTO public.events VALUES (2, '9e5d2f1f-ccb7-5d27-a187-ee797b6cf689', 1, 'program.registered@1', '2026-11-25 12:00:00+00', '\x7b22656e76656c6f7065223a312c226661637473223a7b22616c6961736573223a5b224c39225d2c2261747472696275746573223a7b227365617473223a397d2c226e616d65223a224c61726b2039227d2c22697373756572223a226c61726b73707572222c226974656d223a226c61726b2d39222c226b696e64223a2270726f6772616d222c2270726f6772616d223a226c61726b2d39222c227265636f726465645f6279223a22676f6c64656e227d');
INSERT INTO public.events VALUES (3, '53d5390e-6abf-5df2-93b6-fef6b2ac087f', 1, 'program.registered@1', '2026-11-25 12:00:00+00', '\x7b22656e76656c6f7065223a312c226661637473223a7b226e616d65223a224c61726b20456c656374726963227d2c22697373756572223a226c61726b73707572222c226974656d223a226c61726b2d65222c226b696e64223a2270726f6772616d222c2270726f6772616d223a226c61726b2d65222c227265636f726465645f6279223a22676f6c64656e227d');
INSERT INTO public.events VALUES (4, '74fd527c-57fc-52b3-81e3-52f5b58adc5f', 1, 'disclosure.document_published@1', '2026-11-25 12:00:00+00', '\x7b22617474726962757465645f746f223a224c61726b73707572204176696174696f6e222c22646973636c6f736564223a22323033312d30312d3230222c22656e76656c6f7065223a312c226661637473223a7b226b696e64223a226e6577735f72656c65617365222c227469746c65223a224c61726b203920746f20666c79206279206d696473756d6d6572227d2c22697373756572223a226c61726b73707572222c226974656d223a2272656c656173652d31222c226b696e64223a22646f63756d656e74222c226f63637572726564223a22323033312d30312d3230222c227265636f726465645f6279223a22676f6c64656e227d');
INSERT INTO public.events VALUES (5, 'e606057f-32c1-5b59-9e76-dd5202cf8cd2', 1, 'disclosure.document_published@1', '2026-11-25 12:00:00+00', '\x7b22617474726962757465645f746f223a224c61726b73707572204176696174696f6e222c22646973636c6f736564223a22323033312d30362d31305431323a33303a30305a222c22656e76656c6f7065223a312c226661637473223a7b226b696e64223a226e6577735f72656c65617365222c227469746c65223a22466972737420666c69676874206d6f76657320746f20617574756d6e227d2c22697373756572223a226c61726b73707572222c226974656d223a2272656c656173652d32222c226b696e64223a22646f63756d656e74222c226f63637572726564223a22323033312d30362d3130222c227265636f726465645f6279223a22676f6c64656e227d');
INSERT INTO public.events VALUES (6, '279ed2f0-e7f7-513c-b17e-5e3663561b56', 1, 'program.stage_stated@1', '2026-11-25 12:00:00+00', '\x7b22646973636c6f736564223a22323033312d30312d3230222c22646f63756d656e74223a2272656c656173652d31222c22656e76656c6f7065223a312c226661637473223a7b227374616765223a2270726f746f74797065222c22776f7264696e67223a226f757220666c79696e672070726f746f74797065227d2c22697373756572223a226c61726b73707572222c226974656d223a2273746167652d31222c226f63637572726564223a22323033312d30312d3230222c2270726f6772616d223a226c61726b2d39222c227265636f726465645f6279223a22676f6c64656e227d');
INSERT INTO public.events VALUES (7, '8b0e50f7-7b98-5c17-88ba-2661e43661cf', 1, 'milestone.reached@1', '2026-11-25 12:00:00+00', '\x7b22646973636c6f736564223a22323033312d30362d31305431323a33303a30305a222c22646f63756d656e74223a2272656c656173652d32222c22656e76656c6f7065223a312c22697373756572223a226c61726b73707572222c226974656d223a22726f6c6c65642d6f7574222c226d696c6573746f6e65223a22726f6c6c6f7574222c226f63637572726564223a22323033312d3035222c226f7574636f6d65223a2272656163686564222c2270726f6772616d223a226c61726b2d39222c227265636f726465645f6279223a22676f6c64656e227d');
INSERT INTO public.events VALUES (8, 'a2c7a044-3787-5e27-97ac-0c14fb773296', 1, 'milestone.reached@1', '2026-11-25 12:00:00+00', '\x7b22646973636c6f736564223a22323033312d31302d3033222c22656e76656c6f7065223a312c22697373756572223a226c61726b73707572222c226974656d223a22666c6f776e222c226d696c6573746f6e65223a2266697273745f666c69676874222c226f63637572726564223a22323033312d31302d3032222c226f7574636f6d65223a2272656163686564222c2270726f6772616d223a226c61726b2d39222c227175616c6966696572223a2270726f746f747970652031222c227265636f726465645f6279223a22676f6c64656e222c22726573756c74223a22706f736974697665227d');
INSERT INTO public.events VALUES (9, '7c5f4aca-55f4-5add-823a-e940a6e96836', 1, 'program.discontinued@1', '2026-11-25 12:00:00+00', '\x7b22646973636c6f736564223a22323033312d31302d3033222c22656e76656c6f7065223a312c22697373756572223a226c61726b73707572222c226974656d223a2273746f70706564222c226f63637572726564223a22323033312d30392d31352f323033312d30392d3330222c2270726f6772616d223a226c61726b2d65222c227265636f726465645f6279223a22676f6c64656e222c2273756d6d617279223a22576f726b206f6e2074686520656c6563747269632076657273696f6e2068617320656e6465642e227d');
INSERT INTO public.events VALUES (10, 'cc8d5c7b-d649-51b7-b2e1-3c212d962858', 1, 'corporate.moved@1', '2026-11-25 12:00:00+00', '\x7b22646973636c6f736564223a22323033312d30322d3031222c22656e76656c6f7065223a312c22697373756572223a226c61726b73707572222c226974656d223a226d697366696c6564222c226f63637572726564223a22323033312d30322d3031222c227265636f726465645f6279223a22676f6c64656e227d');
INSERT INTO public.events VALUES (11, '6b8840ab-90dc-5216-8143-f4019c8b7ec7', 1, 'disclosure.expectation_stated@1', '2026-11-25 12:00:00+00', '\x7b22617474726962757465645f746f223a224c61726b73707572204176696174696f6e222c22646973636c6f736564223a22323033312d30312d3230222c22646f63756d656e74223a2272656c656173652d31222c22656e76656c6f7065223a312c226661637473223a7b2277696e646f77223a222e2e2f323033312d30362d3330222c22776f726473223a226279206d696473756d6d6572227d2c22697373756572223a226c61726b73707572222c226974656d223a22666c792d31222c226b696e64223a226578706563746174696f6e222c226c6f6361746f72223a7b22656e64223a33342c227374617274223a31347d2c226d696c6573746f6e65223a2266697273745f666c69676874222c226f63637572726564223a22323033312d30312d3230222c2270726f6772616d223a226c61726b2d39222c227175616c6966696572223a2270726f746f747970652031222c227265636f726465645f6279223a22676f6c64656e227d');
INSERT INTO public.events VALUES (12, '12293717-a7af-529c-8381-c13ce1e0e08f', 1, 'disclosure.expectation_stated@1', '2026-11-25 12:00:00+00', '\x7b22617474726962757465645f746f223a224c61726b73707572204176696174696f6e222c22646973636c6f736564223a22323033312d30362d3130222c22646f63756d656e74223a2272656c656173652d32222c22656e76656c6f7065223a312c226661637473223a7b2277696e646f77223a22323033312d30392f323033312d3131222c22776f726473223a227468697320617574756d6e227d2c22697373756572223a226c61726b73707572222c226974656d223a22666c792d32222c226b696e64223a226578706563746174696f6e222c226d696c6573746f6e65223a2266697273745f666c69676874222c226f63637572726564223a22323033312d30362d3130222c2270726f6772616d223a226c61726b2d39222c227175616c6966696572223a2270726f746f747970652031222c227265636f726465645f6279223a22676f6c64656e227d');
INSERT INTO public.events VALUES (13, '6780bec5-b115-5f02-83fa-5a9a1a44782b', 1, 'disclosure.expectation_stated@1', '2026-11-25 12:00:00+00', '\x7b22617474726962757465645f746f223a224c61726b73707572204176696174696f6e222c22646973636c6f736564223a22323033312d30362d3130222c22656e76656c6f7065223a312c226661637473223a7b22636f6e646974696f6e223a7b226d696c6573746f6e65223a2266697273745f666c69676874222c227175616c6966696572223a2270726f746f747970652031222c227265717569726573223a22706f736974697665222c2274657874223a226f6e63652069742068617320666c6f776e227d2c22776f726473223a2261667465722074686520666972737420666c69676874227d2c22697373756572223a226c61726b73707572222c226974656d223a22636572746966792d31222c226b696e64223a226578706563746174696f6e222c226d696c6573746f6e65223a2263657274696669636174696f6e222c226f63637572726564223a22323033312d30362d3130222c2270726f6772616d223a226c61726b2d39222c227265636f726465645f6279223a22676f6c64656e227d');
INSERT INTO public.events VALUES (14, 'e4d87035-c422-55bc-b1ba-624898991bfa', 1, 'disclosure.expectation_stated@1', '2026-11-25 12:00:00+00', '\x7b22646973636c6f736564223a22323033312d30312d3230222c22656e76656c6f7065223a312c226661637473223a7b2277696e646f77223a22323033322d3334227d2c22697373756572223a226c61726b73707572222c226974656d223a226368617267652d31222c226b696e64223a226578706563746174696f6e222c226d696c6573746f6e65223a2266697273745f666c69676874222c226f63637572726564223a22323033312d30312d3230222c2270726f6772616d223a226c61726b2d65222c227265636f726465645f6279223a22676f6c64656e227d');
INSERT INTO public.events VALUES (15, 'f241f8c3-e1e5-5255-8223-5a44b2375bcc', 1, 'disclosure.expectation_stated@1', '2026-11-25 12:00:00+00', '\x7b22646973636c6f736564223a22323033312d30312d3230222c22656e76656c6f7065223a312c226661637473223a7b2277696e646f77223a22323033312d3431227d2c22697373756572223a226c61726b73707572222c226974656d223a226c6973742d31222c226b696e64223a226578706563746174696f6e222c226d696c6573746f6e65223a226c697374696e67222c226f63637572726564223a22323033312d30312d3230222c227265636f726465645f6279223a22676f6c64656e227d');
INSERT INTO public.events VALUES (16, '1996059e-5cd0-570f-8935-d5d000edc33e', 1, 'disclosure.expectation_adjudicated@1', '2026-11-25 12:00:00+00', '\x7b22646973636c6f736564223a22323033312d31322d3031222c22656e76656c6f7065223a312c226661637473223a7b226578706563746174696f6e223a226c6973742d31222c2276657264696374223a2277697468647261776e227d2c22697373756572223a226c61726b73707572222c226974656d223a2272756c696e672d31222c226b696e64223a2261646a756469636174696f6e222c226f63637572726564223a22323033312d31322d3031222c22726561736f6e223a225468652070726f73706563747573207761732074616b656e206261636b2e222c227265636f726465645f6279223a22676f6c64656e227d');
INSERT INTO public.events VALUES (17, '7c5f4aca-55f4-5add-823a-e940a6e96836', 2, 'correction.fact_corrected@1', '2026-11-25 12:00:00+00', '\x7b22656e76656c6f7065223a312c226661637473223a7b22636f727265637473223a2273746f70706564222c22736574223a7b226f63637572726564223a22323033312d30392d32302f323033312d30392d3330227d7d2c22697373756572223a226c61726b73707572222c226974656d223a226d656e6465642d31222c226b696e64223a22636f7272656374696f6e222c22726561736f6e223a224d69737265616420746865206669727374206461792e222c227265636f726465645f6279223a22676f6c64656e227d');
INSERT INTO public.events VALUES (18, 'cc8d5c7b-d649-51b7-b2e1-3c212d962858', 2, 'correction.event_retracted@1', '2026-11-25 12:00:00+00', '\x7b22656e76656c6f7065223a312c226661637473223a7b227265747261637473223a226d697366696c6564227d2c22697373756572223a226c61726b73707572222c226974656d223a226d656e6465642d32222c226b696e64223a22636f7272656374696f6e222c22726561736f6e223a22416e6f7468657220636f6d70616e7927732072656c656173652e222c227265636f726465645f6279223a22676f6c64656e227d');
INSERT INTO public.events VALUES (19, '53db19c2-fcd2-500a-8afc-7b59bfa1a7b0', 1, 'corp.office_moved@1', '2026-11-25 12:00:01+00', '\x7b22646973636c6f736564223a22323032302d31302d3031222c22656e76656c6f7065223a312c22697373756572223a226c61726b73707572222c226974656d223a22676f6c64656e2d30222c226f63637572726564223a22323032302d3031222c227265636f726465645f6279223a22676f6c64656e222c2273756d6d617279223a22c3a920e2988320e280a820676f6c64656e227d');
INSERT INTO public.events VALUES (20, '5c37af43-f38c-5c9b-b8b7-2f1cc5c8274e', 1, 'corp.office_moved@1', '2026-11-25 12:00:02.000001+00', '\x7b22646973636c6f736564223a22323032302d31302d3032222c22656e76656c6f7065223a312c22697373756572223a226c61726b73707572222c226974656d223a22676f6c64656e2d31222c226f63637572726564223a22323032302d3032222c227265636f726465645f6279223a22676f6c64656e222c2273756d6d617279223a22c3a920e2988320e280a820676f6c64656e227d');
INSERT INTO public.events VALUES (21, '56889305-e152-5936-a50b-ad0536ca11a4', 1, 'corp.office_moved@1', '2026-11-25 12:00:03.000003+00', '\x7b22646973636c6f736564223a22323032302d31302d3033222c22656e76656c6f7065223a312c22697373756572223a226c61726b73707572222c226974656d223a22676f6c64656e2d32222c226f63637572726564223a22323032302d3033222c227265636f726465645f6279223a22676f6c64656e222c2273756d6d617279223a22c3a920e2988320e280a820676f6c64656e227d');
INSERT INTO public.events VALUES (22, '6fb7b4a3-25fb-53b2-8a52-d1c29a3df4e4', 1, 'corp.office_moved@1', '2026-11-25 12:00:04.000006+00', '\x7b22646973636c6f736564223a22323032302d31302d3034222c22656e76656c6f7065223a312c22697373756572223a226c61726b73707572222c226974656d223a22676f6c64656e2d33222c226f63637572726564223a22323032302d3034222c227265636f726465645f6279223a22676f6c64656e222c2273756d6d617279223a22c3a920e2988320e280a820676f6c64656e227d');
INSERT INTO public.events VALUES (23, 'e3bf3e45-c746-521d-b3fc-25019433b2f1', 1, 'corp.office_moved@1', '2026-11-25 12:00:05.00001+00', '\x7b22646973636c6f736564223a22323032302d31302d3035222c22656e76656c6f7065223a312c22697373756572223a226c61726b73707572222c226974656d223a22676f6c64656e2d34222c226f63637572726564223a22323032302d3035222c227265636f726465645f6279223a22676f6c64656e222c2273756d6d617279223a22c3a920e2988320e280a820676f6c64656e227d');
INSERT INTO public.events VALUES (24, '20ade32d-e02a-50f0-b98a-3efbdf88e1f6', 1, 'corp.office_moved@1', '2026-11-25 12:00:06.000015+00', '\x7b22646973636c6f736564223a22323032302d31302d3036222c22656e76656c6f7065223a312c22697373756572223a226c61726b73707572222c226974656d223a22676f6c64656e2d35222c226f63637572726564223a22323032302d3036222c227265636f726465645f6279223a22676f6c64656e222c2273756d6d617279223a22c3a920e2988320e280a820676f6c64656e227d');
INSERT INTO public.events VALUES (25, '5c37af43-f38c-5c9b-b8b7-2f1cc5c8274e', 2, 'correction.fact_corrected@1', '2026-11-25 12:00:06.000015+00', '\x7b22656e76656c6f7065223a312c226661637473223a7b22636f727265637473223a22676f6c64656e2d31222c22736574223a7b226f63637572726564223a22323032302d3037227d7d2c22697373756572223a226c61726b73707572222c226974656d223a22676f6c64656e2d63222c226b696e64223a22636f7272656374696f6e222c22726561736f6e223a226d697372656164222c227265636f726465645f6279223a22676f6c64656e227d');
INSERT INTO public.events VALUES (26, '56889305-e152-5936-a50b-ad0536ca11a4', 2, 'correction.event_retracted@1', '2026-11-25 12:00:06.000015+00', '\x7b22656e76656c6f7065223a312c226661637473223a7b227265747261637473223a22676f6c64656e2d32227d2c22697373756572223a226c61726b73707572222c226974656d223a22676f6c64656e2d72222c226b696e64223a22636f7272656374696f6e222c22726561736f6e223a226e6f74206f757273222c227265636f726465645f6279223a22676f6c64656e227d');
INSERT INTO public.facts VALUES ('larkspur', 'stage-1', 6, 0, 6, NULL, 'lark-9', 'stage', '"prototype"', '2031-01-20 00:00:00+00', NULL, 'until_next', '2031-01-20 00:00:00+00');
INSERT INTO public.facts VALUES ('larkspur', 'stopped', 9, 0, 9, 17, 'lark-e', 'activity', '"discontinued"', '2031-09-30 00:00:00+00', NULL, 'until_next', '2031-10-03 00:00:00+00');
INSERT INTO public.facts VALUES ('larkspur', 'stopped', 17, 0, 9, NULL, 'lark-e', 'activity', '"discontinued"', '2031-09-30 00:00:00+00', NULL, 'until_next', '2031-10-03 00:00:00+00');
INSERT INTO public.idempotency VALUES ('key-1', '62921d8dd9bb8e7aa4baebe543dfb92b69137827ad1ea36add9033ddb22a61ee', 20, 20, '2026-11-25 12:00:02.000001+00', '\x7b22706f736974696f6e223a32302c227265636f726465645f6174223a22323032362d31312d32355431323a30303a30322e3030303030315a222c226964223a22676f6c64656e2d31222c226164646564223a747275652c226472795f72756e223a66616c73652c226368616e676573223a5b5d7d');
INSERT INTO public.idempotency VALUES ('key-3', '50667fed68303d08443da52bd3e780bd31261a8b0b59e43f77fb83b7f92e4eb2', 22, 22, '2026-11-25 12:00:04.000006+00', '\x7b22706f736974696f6e223a32322c227265636f726465645f6174223a22323032362d31312d32355431323a30303a30342e3030303030365a222c226964223a22676f6c64656e2d33222c226164646564223a747275652c226472795f72756e223a66616c73652c226368616e676573223a5b5d7d');
INSERT INTO public.idempotency VALUES ('key-5', '9f35d5ff8bc2ca332bc0d74333f23d60a8a4d98d65b165ef43e49af229744706', 24, 24, '2026-11-25 12:00:06.000015+00', '\x7b22706f736974696f6e223a32342c227265636f726465645f6174223a22323032362d31312d32355431323a30303a30362e3030303031355a222c226964223a22676f6c64656e2d35222c226164646564223a747275652c226472795f72756e223a66616c73652c226368616e676573223a5b5d7d');
INSERT INTO public.idempotency VALUES ('adds nothing', '6154d72d19c2923a44dc837179f21db7f19b7f9f14a2426694f4399a165d7a1d', 25, 24, '2026-11-25 12:00:06.000015+00', '\x7b22706f736974696f6e223a31392c227265636f726465645f6174223a22323032362d31312d32355431323a30303a30315a222c226964223a22676f6c64656e2d30222c226164646564223a66616c73652c226472795f72756e223a66616c73652c226368616e676573223a5b5d7d');
INSERT INTO public.idempotency VALUES ('key-c', 'a1dc7b64e88b6a0fd55796f88c56545692fdbfb377ac6e71643ce4d08d10820e', 25, 25, '2026-11-25 12:00:06.000015+00', '\x7b22706f736974696f6e223a32352c227265636f726465645f6174223a22323032362d31312d32355431323a30303a30362e3030303031355a222c226964223a22676f6c64656e2d63222c226164646564223a747275652c226472795f72756e223a66616c73652c226368616e676573223a5b5d7d');
INSERT INTO public.issuers VALUES ('larkspur', 'larkspur', 1, 0, 1, NULL, 'Larkspur Aviation', '["Larkspur"]', '{}', '["core"]');
INSERT INTO public.outcomes VALUES ('larkspur', 'rolled-out', 7, 0, 7, NULL, 'lark-9', 'rollout', NULL, 'reached', NULL, '2031-05', '2031-06-10 12:30:00+00');
INSERT INTO public.outcomes VALUES ('larkspur', 'flown', 8, 0, 8, NULL, 'lark-9', 'first_flight', 'prototype 1', 'reached', 'positive', '2031-10-02', '2031-10-03 00:00:00+00');
INSERT INTO public.outcomes VALUES ('larkspur', 'stopped', 9, 0, 9, 17, 'lark-e', NULL, NULL, 'ended', NULL, '2031-09-15/2031-09-30', '2031-10-03 00:00:00+00');
INSERT INTO public.outcomes VALUES ('larkspur', 'stopped', 17, 0, 9, NULL, 'lark-e', NULL, NULL, 'ended', NULL, '2031-09-20/2031-09-30', '2031-10-03 00:00:00+00');
INSERT INTO public.programs VALUES ('larkspur', 'lark-9', 2, 0, 2, NULL, 'Lark 9', '["L9"]', '{"seats":9}');
INSERT INTO public.programs VALUES ('larkspur', 'lark-e', 3, 0, 3, NULL, 'Lark Electric', '[]', '{}');
INSERT INTO public.statements VALUES ('larkspur', 'fly-1', 11, 0, 11, NULL, 'lark-9', 'first_flight', 'prototype 1', 'Larkspur Aviation', '2031-01-20', '2031-01-20 00:00:00+00', '../2031-06-30', 'by midsummer', NULL, NULL, 'release-1');
INSERT INTO public.statements VALUES ('larkspur', 'fly-2', 12, 0, 12, NULL, 'lark-9', 'first_flight', 'prototype 1', 'Larkspur Aviation', '2031-06-10', '2031-06-10 00:00:00+00', '2031-09/2031-11', 'this autumn', NULL, NULL, 'release-2');
INSERT INTO public.statements VALUES ('larkspur', 'certify-1', 13, 0, 13, NULL, 'lark-9', 'certification', NULL, 'Larkspur Aviation', '2031-06-10', '2031-06-10 00:00:00+00', NULL, 'after the first flight', '{"milestone":"first_flight","qualifier":"prototype 1","requires":"positive","text":"once it has flown"}', NULL, NULL);
INSERT INTO public.statements VALUES ('larkspur', 'charge-1', 14, 0, 14, NULL, 'lark-e', 'first_flight', NULL, NULL, '2031-01-20', '2031-01-20 00:00:00+00', '2032-34', NULL, NULL, NULL, NULL);
INSERT INTO public.statements VALUES ('larkspur', 'list-1', 15, 0, 15, NULL, NULL, 'listing', NULL, NULL, '2031-01-20', '2031-01-20 00:00:00+00', '2031-41', NULL, NULL, NULL, NULL);
ALTER TABLE ONLY public.alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);
ALTER TABLE ONLY public.adjudications
    ADD CONSTRAINT pk_adjudications PRIMARY KEY (issuer_id, item_id, "position", row_number);
ALTER TABLE ONLY public.documents
    ADD CONSTRAINT pk_documents PRIMARY KEY (issuer_id, item_id, "position", row_number);
ALTER TABLE ONLY public.event_index
    ADD CONSTRAINT pk_event_index PRIMARY KEY (issuer_id, item_id, "position", row_number);
ALTER TABLE ONLY public.events
    ADD CONSTRAINT pk_events PRIMARY KEY ("position");
ALTER TABLE ONLY public.facts
    ADD CONSTRAINT pk_facts PRIMARY KEY (issuer_id, item_id, "position", row_number);
ALTER TABLE ONLY public.idempotency
    ADD CONSTRAINT pk_idempotency PRIMARY KEY (key);
ALTER TABLE ONLY public.issuers
    ADD CONSTRAINT pk_issuers PRIMARY KEY (issuer_id, item_id, "position", row_number);
ALTER TABLE ONLY public.outcomes
    ADD CONSTRAINT pk_outcomes PRIMARY KEY (issuer_id, item_id, "position", row_number);
ALTER TABLE ONLY public.programs
    ADD CONSTRAINT pk_programs PRIMARY KEY (issuer_id, item_id, "position", row_number);
ALTER TABLE ONLY public.statements
    ADD CONSTRAINT pk_statements PRIMARY KEY (issuer_id, item_id, "position", row_number);
ALTER TABLE ONLY public.tracking
    ADD CONSTRAINT pk_tracking PRIMARY KEY (application_name);
ALTER TABLE ONLY public.events
    ADD CONSTRAINT uq_events_stream_version UNIQUE (stream, version);
CREATE INDEX ix_adjudications_expectation ON public.adjudications USING btree (issuer_id, expectation);
CREATE INDEX ix_documents_disclosed_at ON public.documents USING btree (issuer_id, disclosed_at);
CREATE INDEX ix_event_index_position ON public.event_index USING btree (issuer_id, "position");
CREATE INDEX ix_event_index_program ON public.event_index USING btree (issuer_id, program, disclosed_at);
CREATE INDEX ix_facts_subject ON public.facts USING btree (issuer_id, subject, attribute, valid_from, disclosed_at, place);
CREATE INDEX ix_issuers_name ON public.issuers USING btree (issuer_id, name);
CREATE INDEX ix_outcomes_program ON public.outcomes USING btree (issuer_id, program, milestone);
CREATE INDEX ix_programs_name ON public.programs USING btree (issuer_id, name);
CREATE INDEX ix_statements_program ON public.statements USING btree (issuer_id, program, stated_at);
CREATE TRIGGER append_only_change BEFORE DELETE OR UPDATE ON public.events FOR EACH ROW EXECUTE FUNCTION public.append_only_refuse();
ALTER TABLE public.events ENABLE ALWAYS TRIGGER append_only_change;
CREATE TRIGGER append_only_change BEFORE DELETE OR UPDATE ON public.idempotency FOR EACH ROW EXECUTE FUNCTION public.append_only_refuse();
ALTER TABLE public.idempotency ENABLE ALWAYS TRIGGER append_only_change;
CREATE TRIGGER append_only_follow AFTER INSERT ON public.events REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION public.append_only_follow();
ALTER TABLE public.events ENABLE ALWAYS TRIGGER append_only_follow;
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON public.events FOR EACH STATEMENT EXECUTE FUNCTION public.append_only_refuse();
ALTER TABLE public.events ENABLE ALWAYS TRIGGER append_only_truncate;
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON public.idempotency FOR EACH STATEMENT EXECUTE FUNCTION public.append_only_refuse();
ALTER TABLE public.idempotency ENABLE ALWAYS TRIGGER append_only_truncate;
