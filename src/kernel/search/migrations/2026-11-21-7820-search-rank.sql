-- How results are ranked stands in 2026-11-21-8430-search-functions.sql. The name stays, because databases know it.
select 1;
