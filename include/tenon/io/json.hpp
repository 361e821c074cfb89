// JSON: read piece by piece, and its strings written.
#pragma once

// RapidJSON is included as the program has it, and none of its macros is defined here: a namespace or an assertion that were
// ours alone would be those of the program's own `#include <rapidjson/document.h>` too where that comes later, and would be
// missing where it came before. RapidJSON's rule holds, that a program configures it in one way, before the first include.
// What is called here works with any of its configurations: no input makes it assert, and what its templates become with
// our allocator is shared with nobody.
#if defined(__clang__)
// RapidJSON 1.1 adds to the null pointer of a stack that is still empty, which is harmless, and which clang's sanitizer reports.
#pragma clang attribute push(__attribute__((no_sanitize("pointer-overflow"))), apply_to = function)
#endif
#include <rapidjson/error/en.h>
#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>
#if defined(__clang__)
#pragma clang attribute pop
#endif

#include <cstddef>
#include <cstdlib>
#include <new>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace tenon {

/// What a value of a JSON text is.
enum class JsonKind { object, list, text, number, other };

namespace detail {

// Where the bytes stop being valid UTF-8; their number if they never do.
inline std::size_t valid_utf8(std::string_view bytes) {
  RAPIDJSON_NAMESPACE::MemoryStream stream(bytes.data(), bytes.size());
  unsigned letter = 0;
  std::size_t valid = 0;
  while (valid < bytes.size() && RAPIDJSON_NAMESPACE::UTF8<>::Decode(stream, &letter)) valid = stream.Tell();
  return valid;
}

// RapidJSON does not look whether there was memory left.
struct JsonAllocator : RAPIDJSON_NAMESPACE::CrtAllocator {
  void* Malloc(std::size_t size) { return Realloc(nullptr, 0, size); }
  void* Realloc(void* old, std::size_t, std::size_t size) {
    void* memory = std::realloc(old, size);
    if (memory == nullptr) throw std::bad_alloc();
    return memory;
  }
};

// What RapidJSON calls while it reads.
template <class Handler>
struct JsonEvents : RAPIDJSON_NAMESPACE::BaseReaderHandler<RAPIDJSON_NAMESPACE::UTF8<>, JsonEvents<Handler>> {
  using Size = RAPIDJSON_NAMESPACE::SizeType;

  explicit JsonEvents(Handler& to) : handler(to) {}

  bool Default() { return value(JsonKind::other, {}); }
  bool RawNumber(const char* digits, Size length, bool) { return value(JsonKind::number, {digits, length}); }
  bool String(const char* text, Size length, bool) { return is_text({text, length}) && value(JsonKind::text, {text, length}); }
  bool StartObject() { return names.emplace_back(), value(JsonKind::object, {}); }
  bool StartArray() { return value(JsonKind::list, {}); }
  bool EndObject(Size) { return names.pop_back(), EndArray(0); }
  bool EndArray(Size) { return handler.close(), true; }
  bool Key(const char* text, Size length, bool) {
    const std::string name(text, length);
    if (!is_text(name)) return false;
    if (!names.back().insert(name).second) throw std::runtime_error("two entries are named '" + name + "'");
    return handler.key(name), true;
  }

  bool value(JsonKind kind, std::string_view text) { return handler.value(kind, text), true; }
  // RapidJSON 1.1 takes the second half of a surrogate pair for a letter.
  static bool is_text(std::string_view text) { return valid_utf8(text) == text.size(); }

  Handler& handler;
  std::vector<std::set<std::string>> names;  // of the objects that are open
};

}  // namespace detail

/// Reads a JSON text (RFC 8259), however deep it is nested, and tells a handler what it meets:
/// `handler.key(name)` and then `handler.value(kind, text)` for a member of an object, `value` alone for an element of a
/// list; behind an object or a list follow its content and `handler.close()`. Strings arrive without escapes, numbers as
/// they are written.
/// Throws std::runtime_error: "<what> is no valid JSON: byte 12: …" for a text that is no JSON in UTF-8, and for an object
/// with equal names; the handler has then been told what stands before.
template <class Handler>
void read_json(std::string_view text, const std::string& what, Handler& handler) {
  namespace json = RAPIDJSON_NAMESPACE;
  const auto fail = [&](std::size_t byte, const char* why) {
    throw std::runtime_error(what + " is no valid JSON: byte " + std::to_string(byte) + ": " + why);
  };
  json::MemoryStream stream(text.data(), text.size());
  detail::JsonEvents<Handler> events(handler);
  json::GenericReader<json::UTF8<>, json::UTF8<>, detail::JsonAllocator> reader;
  // Iterative: the depth of the text is not that of our stack. Numbers as strings: no digit is lost, and RapidJSON 1.1
  // computes the value of some exponents from memory that is not its own.
  constexpr unsigned flags = json::kParseValidateEncodingFlag | json::kParseIterativeFlag | json::kParseNumbersAsStringsFlag;
  const json::ParseResult result = reader.template Parse<flags>(stream, events);
  if (result.Code() == json::kParseErrorTermination) fail(result.Offset(), "Invalid UTF-16 surrogate in string.");
  if (result.IsError()) fail(result.Offset(), json::GetParseError_En(result.Code()));
  // RapidJSON takes a zero byte for the end.
  if (stream.Tell() != text.size()) fail(stream.Tell(), json::GetParseError_En(json::kParseErrorDocumentRootNotSingular));
}

/// A text as a JSON string, with quotation marks and escapes. Throws std::runtime_error: "a name or a text is no
/// valid UTF-8: byte 3, behind 'abc'".
inline std::string json_string(std::string_view text) {
  if (const std::size_t valid = detail::valid_utf8(text); valid < text.size())
    throw std::runtime_error("a name or a text is no valid UTF-8: byte " + std::to_string(valid) + ", behind '" + std::string(text.substr(0, valid)) + "'");
  std::string json = "\"";
  for (const char letter : text) {
    if (letter == '"' || letter == '\\') {
      json += '\\';
      json += letter;
    } else if (static_cast<unsigned char>(letter) < 0x20) {
      json += letter < 0x10 ? "\\u000" : "\\u001";
      json += "0123456789abcdef"[letter % 16];
    } else {
      json += letter;
    }
  }
  return json + '"';
}

}  // namespace tenon
