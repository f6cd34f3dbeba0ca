/** Scalar functions that engines ship: whatever is not among them (nor an aggregate) is taken for the user's own. */
export const knownFunctions: ReadonlySet<string> = new Set(
  `abs acos acosh add_days add_hours add_months add_years addmonths adddate age aes_decrypt aes_encrypt aggregate all_match any_match array arrays_overlap arrays_zip
  array_agg ascii asin asinh assert_true atan atan2 atanh base64 between bigint bin binary bit_count bit_length bitand bitor bitxor
  bitnot bitshiftleft bitshiftright boolean btrim cardinality case cast cbrt ceil ceiling char char_length character_length charindex chr
  coalesce collate column compress concat concat_ws contains conv convert convert_timezone convert_tz cos cosh cot crc32 csc
  current_catalog current_database current_role current_schema current_user cut database datalength date dateadd datediff date_diff
  dateadd datefromparts datename datepart datetime datetime2fromparts day dayname dayofmonth dayofweek dayofweekiso dayofyear decimal
  decode decrypt degrees difference div div0 div0null divide double e editdistance element_at elt encode encrypt endswith ends_with
  equal_null error escape exists exp explode export_set extract field filter find_in_set flatten float floor forall formatnumber
  format format_number from_base from_base32 from_base64 from_hex from_unixtime from_utc_timestamp fromunixtime gcd generate_array
  generate_date_array generate_series generate_timestamp_array get getbit getdatabase getdate greatest greatest_ignore_nulls hash hashbytes
  haversine hex hex_decode_string hex_encode host hour hours_add if iff ifnull iif ilike initcap inline input_file_name instr int
  int8 integer intdiv is_null isdate isfinite isinf isjson isnan isnotnull isnull isnumeric ieee_divide jarowinkler_similarity
  jaro_winkler_similarity justify_days justify_hours kurtosis last_day lastday lcase lcm least left len length lengthb levenshtein
  levenshtein_distance like list_contains ln localtimestamp locate log log10 log1p log2 logb lower lpad ltrim make_date make_interval
  make_timestamp map map_concat map_entries map_filter map_from_arrays map_from_entries map_keys map_values map_zip_with mask masked
  md5 md5_hex md5_number md5_number_lower64 microsecond mid millisecond minute mod month monthname months_between monthsbetween mod multiply named_struct nanvl
  negate negative nextday next_day normalize nullif nullifzero nullif_zero num_nonnulls numeric nvl nvl2 object_construct_keep_null object_delete
  object_insert object_keys objects octet_length ord ordinal overlay parse_date parse_datetime parse_ip parse_time parse_timestamp parse_url
  parsename patindex pi pmod position positive pow power previous_day printf quarter quotename quote_ident quote_literal radians range
  raise_error readable_timestamp reduce regexp regexplike repeat replace replicate reverse right rlike rint row rpad rtrim round
  row_to_json sec second seconds sentences sequence session_user sha sha1 sha1_hex sha2 sha2_hex sha256 sha512 shiftleft shiftright
  shiftrightunsigned sign signum sin sinh size slice smallint some sort_array soundex space spark_partition_id split split_part splitbychar
  sqrt square startswith starts_with str strftime string strip_null_value strleft strlen strpos strright struct stuff style subdate substr
  substring substring_index subtract sum_of_array switch tan tanh text time timediff timestampadd timestampdiff timestamp timestamp_ltz
  timestamp_ntz timestamp_tz timefromparts tinyint to_array to_base64 to_binary to_boolean to_char to_date to_decimal to_double to_hex to_iso8601
  to_json to_number to_numeric to_object to_time to_timestamp to_utc_timestamp to_varchar to_variant to_xml to_unix_timestamp toarray
  todate todatetime tofloat64 toint32 toint64 tostring totimestamp touint64 transform translate trim try try_cast try_convert trunc truncate
  typeof ucase unbase64 unhex unicode unix_date unix_millis unix_micros unix_seconds unix_timestamp upper urldecode urlencode user
  values varchar variant version week weekday weekofyear width_bucket word_stem xor year yearofweek yearofweekiso years zeroifnull
  zip_with nvarchar nchar bignumeric real point polygon st_point concat_with_separator dateof day_name month_name tochar to_days
  from_days maketime makedate sec_to_time time_to_sec period_add period_diff timestampnanos charindex ifnan nan infinity descriptor
  proctime source_watermark watermark cume row_count rowid rownum system_user table flatten_json arraymap arrayfilter arrayexists
  length_utf8 cosine_similarity dot_product errors sanitize net host reg_domain safe_cast safe_divide safe_multiply safe_add
  safe_subtract safe_negate safe_convert_bytes_to_string code_points_to_string to_code_points offset safe_offset ordinal safe_ordinal
  currval setval lastval pg_sleep unaccent quote_nullable to_tsvector to_tsquery plainto_tsquery ts_rank similarity cidr inet
  lag lead nth_value ratio_to_report conditional_true_event conditional_change_event sys_connect_by_path tumble_start tumble_end
  tumble_rowtime tumble_proctime hop_start hop_end hop_rowtime session_start session_end session_rowtime last_query_id
  columns ai_query getvariable to_geography to_geometry`.split(/\s+/),
)
