-- What could not be read of a document, and what was left out of its proposal, is
-- kept with that as it was found: a later version of the program reads otherwise.
-- And the words of a document are kept in a form in which they are known again in
-- a file of another kind.

create table proposal_problem (
  proposal_id bigint not null constraint proposal_problem_proposal_id_fkey references proposal deferrable,
  position    int not null constraint proposal_problem_position_check check (position > 0),
  kind        text not null constraint proposal_problem_kind_check check (kind ~ '^[a-z_]{3,40}$'),
  line        int not null constraint proposal_problem_line_check check (line > 0),
  place_start int not null constraint proposal_problem_place_start_check check (place_start >= 0),
  place_end   int not null,
  text        text not null,
  message     text not null constraint proposal_problem_message_check check (message <> ''),
  constraint proposal_problem_pkey primary key (proposal_id, position),
  constraint proposal_problem_place_end_check check (place_end >= place_start)
);
comment on table proposal_problem is 'Places of a document that a person should look at, as they were found when a proposal was made of it.';
comment on column proposal_problem.proposal_id is 'The proposal.';
comment on column proposal_problem.position is 'Counts them from 1, in the order of the document.';
comment on column proposal_problem.kind is 'What is wrong, in a word.';
comment on column proposal_problem.line is 'The line of the text, counted from 1.';
comment on column proposal_problem.place_start is 'Where it begins in the text, in code points counted from 0.';
comment on column proposal_problem.place_end is 'Where it ends, half open.';
comment on column proposal_problem.text is 'What stands there. Not for the public as it is, like the text itself.';
comment on column proposal_problem.message is 'What is wrong and what to do.';
grant select, insert on proposal_problem to normmap_app;

alter table document add column words_sha256 text constraint document_words_sha256_check check (words_sha256 ~ '^[0-9a-f]{64}$');
create index document_words_sha256_idx on document (words_sha256);
comment on column document.words_sha256 is 'SHA-256 of the letters and digits of the text, without blanks, marks, case and addresses of links: the same for one letter in two formats. Null where it was received before that was kept, or has none.';

insert into schema_applied (version) values (51);
