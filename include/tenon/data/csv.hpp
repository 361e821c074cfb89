// CSV files as tables of numbers.
#pragma once

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <tenon/data/csv_column.hpp>
#include <tenon/data/csv_options.hpp>
#include <tenon/data/csv_reader.hpp>
#include <tenon/data/table.hpp>
#include <tenon/io/read_file.hpp>

namespace tenon {

namespace detail {

inline std::vector<CsvColumn> csv_columns(const std::vector<std::string>& names, const CsvOptions& options) {
  std::vector<CsvColumn> columns;
  std::string known;
  for (const std::string& name : names) {
    for (const CsvColumn& other : columns)
      if (other.name() == name) throw std::runtime_error("two columns are named '" + name + "'");
    columns.emplace_back(name);
    known += (known.empty() ? "'" : ", '") + name + "'";
  }
  const auto column = [&](const std::string& name, const char* option) -> CsvColumn& {
    for (CsvColumn& candidate : columns)
      if (candidate.name() == name) return candidate;
    throw std::runtime_error(std::string(option) + ": no column '" + name + "'; the columns are " + known);
  };
  for (const auto& name : options.target) column(name, "target").set_role(CsvColumn::Role::target);
  for (const auto& name : options.ignore) {
    CsvColumn& ignored = column(name, "ignore");
    if (ignored.role() == CsvColumn::Role::target) throw std::runtime_error("ignore: column '" + name + "' is a target, too");
    ignored.set_role(CsvColumn::Role::ignored);
  }
  for (const auto& name : options.categorical) column(name, "categorical").set_categorical();
  for (const auto& name : options.one_hot) {
    CsvColumn& texts = column(name, "one_hot");
    if (std::find(options.categorical.begin(), options.categorical.end(), name) != options.categorical.end())
      throw std::runtime_error("one_hot: column '" + name + "' is categorical, too");
    texts.set_one_hot();
  }
  for (const auto& [name, texts] : options.categories) column(name, "categories").set_categories(texts);
  return columns;
}

// The kept column of a row that has no value there, or null.
inline const CsvColumn* missing_value(const std::vector<CsvColumn>& columns, const std::vector<std::string>& fields,
                                      const CsvOptions& options) {
  for (std::size_t c = 0; c < columns.size(); ++c)
    if (columns[c].role() != CsvColumn::Role::ignored &&
        (fields[c].find_first_not_of(" \t") == std::string::npos ||
         std::find(options.missing.begin(), options.missing.end(), fields[c]) != options.missing.end()))
      return &columns[c];
  return nullptr;
}

// Appends a value for each kept column; false, and nothing, if the row is to be dropped.
inline bool append_row(std::vector<float>& values, std::vector<CsvColumn>& columns, const CsvReader& row,
                       const CsvOptions& options) {
  const auto fail = [&](const CsvColumn* column, const std::string& why) {
    throw std::runtime_error("line " + std::to_string(row.line()) + (column ? ", column '" + column->name() + "'" : "") +
                             ": " + why);
  };
  const std::vector<std::string>& fields = row.fields();
  if (fields.size() != columns.size())
    fail(nullptr, std::to_string(fields.size()) + (fields.size() == 1 ? " field" : " fields") + ", expected " +
                      std::to_string(columns.size()));
  if (const CsvColumn* column = missing_value(columns, fields, options)) {
    if (!options.drop_missing) fail(column, "missing value; .drop_missing = true leaves such rows out");
    return false;
  }
  for (std::size_t c = 0; c < columns.size(); ++c) {
    if (columns[c].role() == CsvColumn::Role::ignored) continue;
    try {
      values.push_back(columns[c].value(fields[c]));
    } catch (const std::runtime_error& error) {
      fail(&columns[c], error.what());
    }
  }
  return true;
}

inline void fill_table(Table& table, const std::vector<CsvColumn>& columns, const std::vector<float>& values) {
  std::vector<const CsvColumn*> kept;
  std::vector<std::vector<float>> codes;
  std::set<std::string> known;
  for (const CsvColumn& column : columns) {
    if (column.role() == CsvColumn::Role::ignored) continue;
    kept.push_back(&column);
    codes.push_back(column.final_codes());
    const std::vector<std::string> names = column.names();
    for (const std::string& name : names)
      if (!known.insert(name).second) throw std::runtime_error("one_hot: two columns would be named '" + name + "'");
    std::vector<std::string>& all = column.role() == CsvColumn::Role::target ? table.targets : table.features;
    all.insert(all.end(), names.begin(), names.end());
    if (column.categorical()) table.categories[column.name()] = column.categories();
  }
  if (table.features.empty()) throw std::runtime_error("no column is left for x");
  const std::size_t rows = values.size() / kept.size();
  table.x.resize({rows, table.features.size()});
  table.y.resize({rows, table.targets.size()});
  float* x = table.x.data();
  float* y = table.y.data();
  for (std::size_t i = 0; i < values.size(); ++i) {
    const std::size_t c = i % kept.size();
    float*& next = kept[c]->role() == CsvColumn::Role::target ? y : x;
    const float value = kept[c]->categorical() ? codes[c][static_cast<std::size_t>(values[i])] : values[i];
    if (kept[c]->one_hot())
      for (std::size_t code = 0; code < codes[c].size(); ++code) *next++ = static_cast<float>(code) == value ? 1.f : 0.f;
    else *next++ = value;
  }
}

}  // namespace detail

/// The table that a CSV text holds; `datasets::load_csv` says how.
inline Table parse_csv(std::string_view text, const CsvOptions& options = {}) {
  CsvReader reader(text, options.delimiter);
  for (std::size_t i = 0; i < options.skip_lines; ++i) reader.skip_line();
  if (!reader.next()) throw std::runtime_error("is empty");

  std::vector<std::string> names = reader.fields();
  for (std::size_t c = 0; c < names.size(); ++c)
    if (!options.has_header) names[c] = std::to_string(c);
    else if (!reader.quoted(c)) names[c] = std::string(detail::without_blanks(names[c]));
  std::vector<CsvColumn> columns = detail::csv_columns(names, options);
  if (options.has_header && !reader.next()) throw std::runtime_error("has a header but no rows");

  Table table;
  std::vector<float> values;
  do {
    if (!detail::append_row(values, columns, reader, options)) ++table.dropped_rows;
  } while (reader.next());
  if (values.empty()) throw std::runtime_error("each row has a missing value");
  detail::fill_table(table, columns, values);
  return table;
}

namespace datasets {

/// Reads a CSV file (RFC 4180, plain or .gz) whose columns hold numbers, or texts that the options call categorical.
/// x: (rows, features), y: (rows, targets), with the columns' names and the texts of the categories beside them.
/// Throws std::runtime_error that starts with the path and names line and column: a missing value, a text where a number
/// is wanted, a number that a float cannot hold, more or fewer fields than in the first row; an empty file; a column
/// among the options that the file has not; options that contradict each other; a name such as "town=north" that is there already.
///
///     const auto houses = tn::datasets::load_csv("houses.csv", {.target = "price", .one_hot = {"town"}});
///     model.fit(houses.x, houses.y);  // houses.features: "rooms", "town=north", "town=south"
inline Table load_csv(const std::filesystem::path& path, const CsvOptions& options = {}) {
  const std::string text = read_file(path);
  try {
    return parse_csv(text, options);
  } catch (const std::runtime_error& error) {
    throw std::runtime_error(path.string() + ": " + error.what());
  }
}

}  // namespace datasets

}  // namespace tenon
