/** What automations ask people, and notices that come again until they are seen. */
export const number = 41
export const name = 'questions'
export const breaking = false

export const facts = ({ int, end }: { readonly int: string; readonly end: string }): readonly string[] => [
  `CREATE TABLE notice_question (
    home_id text NOT NULL,
    id text NOT NULL,
    asked_at ${int} NOT NULL,
    waits ${int} NOT NULL,
    ends_at ${int},
    answer ${int},
    answered_at ${int},
    answered_by text,
    PRIMARY KEY (home_id, id)
  )${end}`,
  'CREATE INDEX notice_question_asked ON notice_question (asked_at)',
  'CREATE INDEX notice_question_by ON notice_question (answered_by, asked_at) WHERE answered_by IS NOT NULL',
  'ALTER TABLE inbox ADD COLUMN question text',
  'ALTER TABLE inbox ADD COLUMN answers text',
  `ALTER TABLE inbox ADD COLUMN again_at ${int}`,
  `ALTER TABLE inbox ADD COLUMN again_minutes ${int}`,
  `ALTER TABLE inbox ADD COLUMN again_left ${int}`,
  'CREATE INDEX inbox_again ON inbox (again_at) WHERE again_at IS NOT NULL',
  'CREATE INDEX inbox_question ON inbox (question) WHERE question IS NOT NULL',
]
export const history = (): readonly string[] => []
export const vault = (): readonly string[] => []
