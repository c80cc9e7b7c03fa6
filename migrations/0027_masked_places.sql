-- Where a refused file is at fault was told with the number of the account whole. From now on it is masked, here as elsewhere.
update statement_file set fault_place = regexp_replace(fault_place, ', account [^*]*([^*]{4})\)$', ', account ****\1)')
 where fault_place ~ ', account [^*]{9,}\)$';
