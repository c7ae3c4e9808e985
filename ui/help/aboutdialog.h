// AboutDialog: name, version, licence and components of the program; everything can be read offline.
#pragma once

#include "ui/help/rebuiltdialog.h"

namespace affinity::ui {

class AboutDialog : public RebuiltDialog {
    Q_OBJECT
public:
    explicit AboutDialog(QWidget* parent = nullptr);

Q_SIGNALS:
    void diagnosticsWanted();

protected:
    QWidget* makeContent() override;

private:
    QWidget* makeHead() const;
    QWidget* makeComponents() const;
    QWidget* makeLicence() const;
    int m_page = 0; ///< kept over a change of language
};

} // namespace affinity::ui
