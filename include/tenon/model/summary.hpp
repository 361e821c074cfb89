// The table that model.summary() prints.
#pragma once

#include <array>
#include <cstdio>

#include <tenon/model/layer_names.hpp>

namespace tenon::detail {

/// 225034 → "225,034".
inline std::string with_commas(long n) {
  std::string text = std::to_string(n);
  for (int at = static_cast<int>(text.size()) - 3; at > 0; at -= 3) text.insert(static_cast<std::size_t>(at), ",");
  return text;
}
/// "879.04 KB", as Keras writes sizes.
inline std::string size_text(long bytes) {
  const char* const units[] = {"B", "KB", "MB", "GB"};
  double size = static_cast<double>(bytes);
  int unit = 0;
  for (; size >= 1024 && unit < 3; ++unit) size /= 1024;
  char text[32];
  std::snprintf(text, sizeof text, "%.2f %s", size, units[unit]);
  return text;
}

/// Cells in columns between lines, as Keras draws them; the last column is aligned to the right.
inline std::string table_text(const std::vector<std::array<std::string, 3>>& rows) {
  std::size_t width[3]{31, 22, 13};
  for (const auto& row : rows)
    for (int c = 0; c < 3; ++c) width[c] = std::max(width[c], row[static_cast<std::size_t>(c)].size());
  const auto line = [&](const char* left, const char* dash, const char* middle, const char* right) {
    std::string text = left;
    for (int c = 0; c < 3; ++c) {
      for (std::size_t i = 0; i < width[c] + 2; ++i) text += dash;
      text += c < 2 ? middle : right;
    }
    return text + "\n";
  };
  std::string text = line("┏", "━", "┳", "┓");
  for (std::size_t r = 0; r < rows.size(); ++r) {
    const char* const bar = r == 0 ? "┃" : "│";
    text += bar;
    for (int c = 0; c < 3; ++c) {
      const std::string& cell = rows[r][static_cast<std::size_t>(c)];
      const std::string space(width[c] - cell.size(), ' ');
      text += ' ';
      text += c == 2 ? space + cell : cell + space;
      text += ' ';
      text += bar;
    }
    text += "\n";
    if (r + 1 < rows.size()) text += r == 0 ? line("┡", "━", "╇", "┩") : line("├", "─", "┼", "┤");
  }
  return text + line("└", "─", "┴", "┘");
}

/// Each layer of the model with its output's shape and its number of weights, then the totals.
inline std::string summary_text(const Description& d, const std::string& memory) {
  const std::vector<std::string> paths = layer_paths(d);
  std::vector<std::array<std::string, 3>> rows = {{"Layer (type)", "Output Shape", "Param #"}};
  long total = 0, trainable = 0;
  for (const Parameter& p : d.parameters) total += p.size(), trainable += p.trainable ? p.size() : 0;
  for (int i = 0; i < static_cast<int>(d.layers.size()); ++i) {
    const LayerRecord& layer = d.layers[static_cast<std::size_t>(i)];
    if (i == d.root || (layer.parent >= 0 && layer.parent != d.root)) continue;
    long count = 0;
    for (const Parameter& p : d.parameters) count += lies_within(d, p.layer, i) ? p.size() : 0;
    const std::string shape = layer.output.rank == 0 ? "?" : shape_text(layer.output.sample(), "None");
    rows.push_back({paths[static_cast<std::size_t>(i)] + " (" + class_name(layer.type_text()) + ")", shape, with_commas(count)});
  }
  std::string text = "Model: \"" + d.name() + "\"\n" + table_text(rows);
  const auto totals = [&](const char* what, long n) { text += std::string(" ") + what + " params: " + with_commas(n) + " (" + size_text(4 * n) + ")\n"; };
  totals("Total", total);
  totals("Trainable", trainable);
  totals("Non-trainable", total - trainable);
  return text + (memory.empty() ? "" : " Memory: " + memory + "\n");
}

}  // namespace tenon::detail
