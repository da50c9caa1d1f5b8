-- How results are ranked stands in 2026-11-21-8100-search-answers.sql. The name stays, because databases know it.
select 1;
