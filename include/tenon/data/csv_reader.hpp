// Comma-separated values, record by record.
#pragma once

#include <algorithm>
#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace tenon {

/// Splits a text into records of fields as RFC 4180 says: fields between quotes may hold delimiters, line ends and doubled
/// quotes; lines end with LF or CRLF. A byte order mark in front and blank lines at the end are skipped.
/// Throws std::runtime_error with the line: a quote that is not closed, or that is followed by more text.
///
///     for (tn::CsvReader reader("a,\"b, c\"\n1,2\n"); reader.next();) use(reader.line(), reader.fields());
class CsvReader {
 public:
  explicit CsvReader(std::string_view text, char delimiter = ',') : text_(text), delimiter_(delimiter) {
    if (text_.starts_with("\xEF\xBB\xBF")) text_.remove_prefix(3);
  }

  /// The fields of the current record.
  const std::vector<std::string>& fields() const { return fields_; }
  /// Whether a field of the current record stood between quotes: its blanks are meant.
  bool quoted(std::size_t field) const { return quoted_[field]; }
  /// The line on which the current record starts; the first line of the text is 1.
  std::size_t line() const { return line_; }

  /// Goes on to the next record; false at the end of the text.
  bool next() {
    fields_.clear();
    quoted_.clear();
    line_ = next_line_;
    if (text_.find_first_not_of("\r\n") == text_.npos) return false;
    while (read_field()) {}
    return true;
  }
  /// Leaves out a line, whatever it holds.
  void skip_line() {
    text_.remove_prefix(std::min(text_.size(), text_.find('\n')));
    if (!text_.empty()) end_line();
  }

 private:
  // Reads one field with the delimiter or line end behind it; true if the record goes on.
  bool read_field() {
    std::string& field = fields_.emplace_back();
    quoted_.push_back(text_.starts_with('"'));
    if (quoted_.back()) {
      read_quoted(field);
    } else {
      const char ends[] = {delimiter_, '\n'};
      field = text_.substr(0, text_.find_first_of(std::string_view(ends, 2)));
      text_.remove_prefix(field.size());
      if (!text_.starts_with(delimiter_) && field.ends_with('\r')) field.pop_back();
    }
    if (text_.empty()) return false;
    if (!text_.starts_with(delimiter_)) return end_line(), false;
    text_.remove_prefix(1);
    return true;
  }

  void read_quoted(std::string& field) {
    for (;;) {
      text_.remove_prefix(1);  // the opening quote, or the second of a doubled one
      const std::size_t size = text_.find('"');
      if (size == text_.npos) fail("the quote is not closed");
      field += text_.substr(0, size);
      text_.remove_prefix(size + 1);
      if (!text_.starts_with('"')) break;
      field += '"';
    }
    for (const char c : field) next_line_ += c == '\n';
    if (text_ == "\r" || text_.starts_with("\r\n")) text_.remove_prefix(1);
    if (!text_.empty() && text_[0] != delimiter_ && text_[0] != '\n') fail("text follows a closing quote");
  }

  void end_line() {
    text_.remove_prefix(1);
    ++next_line_;
  }
  [[noreturn]] void fail(const std::string& why) const {
    throw std::runtime_error("line " + std::to_string(line_) + ", field " + std::to_string(fields_.size()) + ": " + why);
  }

  std::string_view text_;  // what is still to be read
  char delimiter_;
  std::size_t line_ = 0;
  std::size_t next_line_ = 1;
  std::vector<std::string> fields_;
  std::vector<bool> quoted_;
};

}  // namespace tenon
