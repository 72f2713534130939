CREATE TABLE ${place}.recursive_queries (
  id integer, client_ip varchar, qname varchar, latency_ms integer, country varchar,
  answers array(row(name varchar, data varchar)), wire_message varchar);
CREATE TABLE ${place}.sites (site varchar, country varchar);
CREATE TABLE ${place}.keys (country varchar);
INSERT INTO ${place}.recursive_queries VALUES
  (1, '192.0.2.7', 'www.example.br.', 10, 'BR', ARRAY[ROW('www.example.br.', '198.51.100.1')], 'raw1'),
  (2, '192.0.2.200', 'mail.example.br.', 20, 'BR', ARRAY[ROW('mail.example.br.', '198.51.100.2'), ROW('a.example.br.', NULL)], 'raw2'),
  (3, '2001:db8:1:2::3', 'api.example.com.', 30, 'BR', NULL, NULL),
  (4, NULL, NULL, 40, 'BR', ARRAY[], 'raw4'),
  (5, '203.0.113.9', 'ns.example.ar.', 50, 'AR', ARRAY[ROW('ns.example.ar.', '198.51.100.5')], 'raw5'),
  (6, '203.0.113.10', 'no.example.ar.', 60, NULL, NULL, 'raw6');
INSERT INTO ${place}.sites VALUES ('gru1', 'BR'), ('eze1', 'AR');
CREATE VIEW ${place}.recent AS SELECT client_ip, country FROM ${place}.recursive_queries WHERE latency_ms > 5;
CREATE VIEW ${place}.own SECURITY INVOKER AS SELECT client_ip, country FROM ${place}.recursive_queries;
