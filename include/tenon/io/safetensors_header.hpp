// What a safetensors file says of its tensors before it gives them.
#pragma once

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include <tenon/core/shape_text.hpp>
#include <tenon/io/json.hpp>
#include <tenon/io/safetensors_entry.hpp>

namespace tenon {

namespace detail {

// What the header says of one tensor.
struct SafetensorsFields {
  std::optional<std::string> dtype;
  std::optional<std::vector<std::size_t>> shape, data_offsets;
};

inline SafetensorsEntry entry_of(const std::string& name, const SafetensorsFields& fields) {
  const std::string tensor = "tensor '" + name + "'";
  if (!fields.dtype) throw std::runtime_error(tensor + " has no dtype");
  if (!fields.shape) throw std::runtime_error(tensor + " has no shape");
  if (!fields.data_offsets) throw std::runtime_error(tensor + " has no data_offsets");

  SafetensorsEntry entry{name, *fields.dtype, *fields.shape};
  const auto& offsets = *fields.data_offsets;
  if (offsets.size() != 2) throw std::runtime_error(tensor + ": " + std::to_string(offsets.size()) + " data_offsets, expected 2");
  entry.begin = offsets[0];
  entry.end = offsets[1];
  if (entry.begin > entry.end) throw std::runtime_error(tensor + ": data_offsets run backwards");

  std::size_t bytes = safetensors_bytes(entry.dtype);
  if (bytes == 0) throw std::runtime_error(tensor + ": unknown dtype '" + entry.dtype + "'");
  const bool empty = std::find(entry.shape.begin(), entry.shape.end(), std::size_t{0}) != entry.shape.end();
  for (const std::size_t extent : entry.shape) {
    if (!empty && bytes > SIZE_MAX / extent)
      throw std::runtime_error(tensor + ": shape " + shape_text(entry.shape) + " has more bytes than can be counted");
    bytes *= extent;
  }
  if (entry.end - entry.begin != bytes)
    throw std::runtime_error(tensor + ": " + entry.dtype + " of shape " + shape_text(entry.shape) + " has " +
                             std::to_string(bytes) + " bytes, its data_offsets span " +
                             std::to_string(entry.end - entry.begin));
  return entry;
}

// Takes the header apart while its JSON is read. What is wrong with it is kept until the end: that it is no JSON goes first.
class SafetensorsHeaderReader {
 public:
  void key(const std::string& name) { (depth_ == 1 ? name_ : key_) = name; }
  void value(JsonKind kind, std::string_view text) {
    attempt([&] { take(kind, text); });
    if (kind == JsonKind::object || kind == JsonKind::list) ++depth_;
  }
  void close() {
    --depth_;
    if (depth_ == 2) list_ = nullptr;
    if (depth_ == 1 && !metadata()) attempt([&] { header_.tensors.push_back(entry_of(name_, fields_)); });
  }
  /// What was read. Throws std::runtime_error: the first thing that was wrong.
  SafetensorsHeader header() && {
    if (!problem_.empty()) throw std::runtime_error(problem_);
    return std::move(header_);
  }

 private:
  void attempt(auto step) {
    if (!problem_.empty()) return;
    try {
      step();
    } catch (const std::runtime_error& why) {
      problem_ = why.what();
    }
  }
  bool metadata() const { return name_ == "__metadata__"; }

  // {name_: {key_: value}}; {name_: {key_: [value, …]}} where there is a list_.
  void take(JsonKind kind, std::string_view text) {
    const std::string what = metadata() ? name_ : "tensor '" + name_ + "'";
    if (depth_ == 1) {
      if (kind != JsonKind::object) throw std::runtime_error(what + " is no object");
      fields_ = {};
    } else if (depth_ == 2 && metadata()) {
      if (kind != JsonKind::text) throw std::runtime_error(what + ": '" + key_ + "' is no string");
      header_.metadata[key_] = text;
    } else if (depth_ == 2 && key_ == "dtype") {
      if (kind != JsonKind::text) throw std::runtime_error(what + ": dtype is no string");
      fields_.dtype = text;
    } else if (depth_ == 2 && (key_ == "shape" || key_ == "data_offsets")) {
      if (kind != JsonKind::list) throw std::runtime_error(what + ": " + key_ + " is no list");
      list_ = &(key_ == "shape" ? fields_.shape : fields_.data_offsets).emplace();
    } else if (depth_ == 3 && list_ != nullptr) {
      std::size_t size = 0;
      const char* end = text.data() + text.size();
      const auto [rest, error] = std::from_chars(text.data(), end, size);
      if (kind != JsonKind::number || rest != end || error != std::errc{})
        throw std::runtime_error(what + ": " + key_ + " holds what is no whole number of 0 or more");
      list_->push_back(size);
    }
  }

  SafetensorsHeader header_;
  std::string problem_;
  int depth_ = 0;  // of the objects and lists that are open
  std::string name_, key_;
  SafetensorsFields fields_;
  std::vector<std::size_t>* list_ = nullptr;
};

}  // namespace detail

/// Reads the JSON header of a safetensors file behind which `data_size` bytes of tensors follow.
/// Throws std::runtime_error unless it is as https://github.com/huggingface/safetensors#format says: valid JSON without
/// equal names; per tensor a known dtype, a shape, and data_offsets of the very size of both; the tensors side by side,
/// without overlap or hole, from the first byte of the data to the last.
inline SafetensorsHeader parse_safetensors_header(std::string_view text, std::size_t data_size) {
  if (!text.starts_with('{')) throw std::runtime_error("the header does not start with '{'");
  detail::SafetensorsHeaderReader reader;
  read_json(text, "the header", reader);
  SafetensorsHeader header = std::move(reader).header();
  std::sort(header.tensors.begin(), header.tensors.end(), [](const auto& a, const auto& b) {
    return a.begin != b.begin ? a.begin < b.begin : a.end < b.end;
  });
  std::size_t position = 0;
  for (const SafetensorsEntry& entry : header.tensors) {
    if (entry.begin != position)
      throw std::runtime_error("tensor '" + entry.name + "' starts at byte " + std::to_string(entry.begin) + " of the data, " +
                               (entry.begin < position ? "inside the one before it" : "behind a hole") + ", which ends at " +
                               std::to_string(position));
    position = entry.end;
    if (position > data_size)
      throw std::runtime_error("truncated: tensor '" + entry.name + "' ends at byte " + std::to_string(position) +
                               " of the data, of which there are " + std::to_string(data_size));
  }
  if (position < data_size)
    throw std::runtime_error("oversized: " + std::to_string(data_size - position) + " bytes behind the last tensor");
  return header;
}

}  // namespace tenon
