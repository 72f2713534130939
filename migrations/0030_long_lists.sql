-- Why: what grows without end must cost the same to read and to remove however long it has grown.
-- Versions are listed in pages, newest first; expectations by what is due first, those that silence
-- can't break last; a webhook shows what it is owed without looking at what it got. What has had its
-- time is found by its own index, and the foreign key from deliveries to events has one to look into.
CREATE INDEX contract_version_newest ON contract_version (contract, position DESC);

CREATE INDEX expectation_next ON expectation (coalesce(deadline, 'infinity'::timestamptz), id)
    WHERE withdrawn_at IS NULL;

CREATE INDEX webhook_delivery_event ON webhook_delivery (event);
CREATE INDEX webhook_delivery_dead ON webhook_delivery (webhook) WHERE state = 'dead';
CREATE INDEX webhook_delivery_failed ON webhook_delivery (webhook, event DESC)
    WHERE last_error IS NOT NULL;
CREATE INDEX webhook_delivery_delivered ON webhook_delivery (due_at) WHERE state = 'delivered';
CREATE INDEX outbox_at ON outbox (at);
