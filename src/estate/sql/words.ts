/** Words of SQL, all dialects together. */

/** Cannot be an alias: what follows a source or an expression and means something. */
export const reserved = new Set(
  `select from where group having qualify window order sort cluster distribute limit offset fetch union intersect except minus
  join inner left right full cross natural semi anti asof global any straight_join on using lateral pivot unpivot match_recognize
  tablesample for with as when then else end case and or not in is between like ilike rlike regexp set values into insert update
  delete merge connect start prewhere sample settings format returning option outer apply positional at before changes final
  partition by distinct all exists null true false if ignore respect over filter within desc asc nulls rows range groups overwrite
  table do emit window`.split(/\s+/),
)

/** Begin a statement. */
export const statementStarts = new Set(
  `select with insert create merge update delete truncate drop alter copy load export unload use set show describe desc explain
  grant revoke call exec execute declare begin commit rollback start refresh cache uncache analyze optimize vacuum msck add from
  replace upsert comment reset if while loop for end return raise print go put get list remove undrop clone values table lock
  rename reindex cluster do prepare deallocate fetch open close savepoint abort unset pragma attach detach install describe
  repair invalidate compute stop`.split(/\s+/),
)

export const aggregates = new Set(
  `sum count avg mean min max stddev stddev_pop stddev_samp variance var_pop var_samp var corr covar_pop covar_samp covariance_pop
  covariance_samp regr_slope regr_intercept regr_r2 regr_count bool_and bool_or every logical_and logical_or booland_agg boolor_agg
  bit_and bit_or bit_xor any_value arbitrary first last first_value last_value max_by min_by arg_max arg_min argmax argmin mode
  count_if countif sum_if sumif avgif kurtosis skewness checksum approx_distinct approx_count_distinct approx_percentile
  percentile_approx approx_quantiles approx_quantile approx_top_count hll hll_sketch_agg hll_count.init hll_count.merge
  sum0 entropy uniq uniqexact anylast grouping grouping_id histogram numeric_histogram bitmap_agg geometric_mean sumdistinct
  count_big checksum_agg total product string_agg listagg group_concat array_agg collect_list collect_set array_concat_agg
  json_agg jsonb_agg json_object_agg jsonb_object_agg object_agg map_agg multimap_agg map_union json_arrayagg json_objectagg
  xmlagg wm_concat grouparray grouparraydistinct groupuniqarray array_unique_agg list set_agg median percentile
  percentile_cont percentile_disc quantile quantile_cont quantile_disc quantileexact`.split(/\s+/),
)

export const collecting = new Set(
  `string_agg listagg group_concat array_agg collect_list collect_set array_concat_agg json_agg jsonb_agg json_object_agg
  jsonb_object_agg object_agg map_agg multimap_agg map_union json_arrayagg json_objectagg xmlagg wm_concat grouparray
  grouparraydistinct groupuniqarray array_unique_agg list set_agg`.split(/\s+/),
)

export const percentiles = new Set(
  "median percentile percentile_cont percentile_disc quantile quantile_cont quantile_disc quantileexact".split(" "),
)

/** Number the rows of a partition or compare it as a whole; they always stand before OVER. */
export const rankings = new Set("row_number rank dense_rank ntile percent_rank cume_dist".split(" "))

/** Turn a list inside a record into rows. */
export const unnesting = new Set(
  `unnest explode explode_outer posexplode posexplode_outer inline inline_outer flatten json_each json_array_elements
  jsonb_array_elements json_array_elements_text jsonb_array_elements_text json_each_text jsonb_each jsonb_each_text json_table
  openjson split_to_table strtok_split_to_table string_split regexp_split_to_table json_tuple parse_url_tuple stack
  generate_subscripts json_to_recordset jsonb_to_recordset arrayjoin jsonb_array_length json_populate_recordset xmltable nodes
  sequence_rows`.split(/\s+/),
)

/** Periods: a key made by one of these groups by time. */
export const periodFunctions = new Set(
  `date_trunc datetime_trunc timestamp_trunc time_trunc trunc date_part year quarter month week weekofyear dayofweek dayofyear
  dayofmonth day hour minute to_date last_day date_format tostartofmonth tostartofday tostartofhour tostartofweek toyyyymm
  format_date format_datetime format_timestamp time_slice time_bucket date_bin floor_date monthname dayname extract
  eomonth convert_timezone from_unixtime yearweek datepart datename`.split(/\s+/),
)

export const windowFunctionsOfTables = new Set(["tumble", "hop", "cumulate", "session"])

/** Give another result at each run. */
export const runTimeWords = new Set(
  `current_date current_timestamp current_time localtimestamp localtime current_datetime sysdate systimestamp getdate sysdatetime
  getutcdate sysutcdatetime curdate curtime now utc_timestamp today yesterday statement_timestamp clock_timestamp
  transaction_timestamp current_row_timestamp`.split(/\s+/),
)
/** Of these, only with brackets: without them they may be columns. */
export const runTimeCalls = new Set("now today yesterday curdate curtime getdate".split(" "))

export const randomWords = new Set(
  `uuid rand random gen_random_uuid newid generate_uuid uuid_string uuid_generate_v4 generateuuidv4 monotonically_increasing_id
  nextval seq4 seq8 rand_integer randn newsequentialid`.split(/\s+/),
)

export const jsonAndRegex =
  /^(json|jsonb|get_json|parse_json|try_parse_json|from_json|to_json|regexp|rlike|get_path|parse_url|xpath|js)(_|$)|^(get_json_object|json_\w+|regexp_\w+|split_part|object_construct)$/
